<?xml version="1.0" encoding="UTF-8"?>
<settings>
  <phone-settings e="2">
    <auto_dect_register>on</auto_dect_register>
    <pnp_config>off</pnp_config>
    <network_id_port>5060</network_id_port>
    <ac_code>0000</ac_code>
<#-- Without these, removed accounts stay alive; the device's own file is read after this one. -->
<#list 1..999 as line>
    <user_active idx="${line}">off</user_active>
    <subscr_dect_ac_code idx="${line}">${line?string("0000")}</subscr_dect_ac_code>
    <subscr_sip_hs_idx idx="${line}">${line}</subscr_sip_hs_idx>
</#list>
  </phone-settings>
</settings>
