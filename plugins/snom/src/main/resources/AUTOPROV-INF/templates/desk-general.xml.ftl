<?xml version="1.0" encoding="UTF-8"?>
<settings>
  <phone-settings>
<#-- Must be the first: without it some of the settings below wait for a reboot that never comes. -->
    <auto_reboot_on_setting_change perm="R">on</auto_reboot_on_setting_change>
    <provisioning_order perm="R">dhcp:stop redirection:stop</provisioning_order>
<#-- Writable, else nobody can enter the administrator mode. -->
    <admin_mode perm="RW">off</admin_mode>
    <webserver_type perm="R">https</webserver_type>
    <retry_after_failed_register perm="R">5:60</retry_after_failed_register>
    <date_us_format perm="R">off</date_us_format>
    <time_24_format perm="R">on</time_24_format>
    <dialnumber_us_format perm="R">off</dialnumber_us_format>
    <always_show_active_call perm="R">off</always_show_active_call>
    <transfer_on_hangup perm="R">off</transfer_on_hangup>
    <transfer_on_hangup_non_pots perm="R">off</transfer_on_hangup_non_pots>
    <quick_transfer perm="R">attended</quick_transfer>
    <transfer_dialing_on_other perm="R">attended</transfer_dialing_on_other>
    <mute_is_dnd_in_idle perm="R">on</mute_is_dnd_in_idle>
    <display_method perm="R">display_name_number</display_method>
    <pnp_config perm="R">off</pnp_config>
    <update_policy perm="R">auto_update</update_policy>
    <subscription_delay perm="R">0</subscription_delay>
    <mwi_dialtone perm="R">normal</mwi_dialtone>
    <cw_dialtone perm="R">off</cw_dialtone>
    <network_id_port perm="R">5060</network_id_port>
    <answer_after_policy perm="R">idle</answer_after_policy>
    <led_call_indicator_usage perm="R">PhoneHasCallInStateRinging PhoneHasCall</led_call_indicator_usage>
    <d7_state_format perm="R"></d7_state_format>
    <call_completion perm="R">off</call_completion>
    <challenge_response perm="R">off</challenge_response>
    <filter_registrar perm="R">off</filter_registrar>
    <user_phone perm="R">off</user_phone>
<#-- Takes back accounts and keys of an earlier configuration; the device's own file is read after this one. -->
<#list 1..12 as identity>
    <user_active idx="${identity}" perm="R">off</user_active>
</#list>
  </phone-settings>
  <functionKeys>
<#list 0..219 as key>
    <fkey idx="${key}" context="active" perm="RW">line</fkey>
</#list>
  </functionKeys>
</settings>
