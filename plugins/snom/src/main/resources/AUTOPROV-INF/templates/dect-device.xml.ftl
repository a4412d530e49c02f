<?xml version="1.0" encoding="UTF-8"?>
<#macro set name value="" idx=0>
<#if value?has_content>
    <${name}<#if idx gt 0> idx="${idx}"</#if>>${value}</${name}>
</#if>
</#macro>
<#assign codecs = "pcma,pcmu,g722,g729,telephone-event">
<settings>
  <phone-settings e="2">
<#-- An empty value switches off. -->
    <vlan_id>${(vlan.id)!}</vlan_id>
    <vlan_qos>${(vlan.priority)!}</vlan_qos>
    <ntp_server>${ntp!}</ntp_server>
<@set "codec_tos" "184"/>
<@set "signaling_tos" "184"/>
    <codec_priority_list perm="R">${codecs}</codec_priority_list>
<#if engineer>
<#if adminPassword??>
<@set "http_user" adminName!"admin"/>
<@set "http_pass" adminPassword/>
<@set "http_engineer_user" "Engineer"/>
<@set "http_engineer_pass" adminPassword/>
</#if>
<#if userPassword??>
<@set "http_basic_user" userName!"User"/>
<@set "http_basic_pass" userPassword/>
</#if>
<#else>
<@set "http_user" adminName!""/>
<@set "http_pass" adminPassword!""/>
<@set "admin_mode_password" adminPassword!""/>
</#if>
<@set "language" language!""/>
<@set "web_language" language!""/>
<@set "tone_scheme" tone!""/>
<#if phonebook??>
    <phonebook_server_location perm="R">3</phonebook_server_location>
    <phonebook_location perm="R">${phonebook}</phonebook_location>
</#if>
<#list servers as server>
<@set "srv_sip_server_alias" "Server " + server?counter server?counter/>
<@set "user_host" server.host server?counter/>
<@set "srv_srtp_auth" "off" server?counter/>
<@set "user_dtmf_info" server.dtmf server?counter/>
</#list>
<#list lines as line>
<@set "user_active" "on" line.index/>
<@set "user_name" line.name line.index/>
<@set "user_pname" line.authName line.index/>
<@set "user_pass" line.password line.index/>
<@set "user_realname" line.displayName line.index/>
<#if engineer>
<#if line.mailbox??>
<@set "user_mailbox" "Voicemail" line.index/>
<@set "user_mailnumber" line.mailbox line.index/>
</#if>
<@set "subscr_sip_line_name" line.extension!"" line.index/>
<#else>
<@set "user_mailbox" line.mailbox!"" line.index/>
</#if>
<@set "subscr_sip_hs_idx" line.index?c line.index/>
<@set "subscr_dect_ac_code" line.pin line.index/>
<@set "subscr_sip_ua_data_server_id" line.server?c line.index/>
<@set "codec_priority_list" codecs line.index/>
</#list>
  </phone-settings>
</settings>
