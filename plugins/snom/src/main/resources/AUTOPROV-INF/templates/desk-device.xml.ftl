<?xml version="1.0" encoding="UTF-8"?>
<#macro set name value="" idx=0 perm="R">
<#if value?has_content>
    <${name}<#if idx gt 0> idx="${idx}"</#if> perm="${perm}">${value}</${name}>
</#if>
</#macro>
<settings>
  <phone-settings>
<@set "setting_server" base + "/" 0 "RW"/>
<#if vlan??>
<@set "vlan_id" vlan.id/>
<@set "vlan_qos" vlan.priority/>
<@set "vlan_pc_id" vlan.pcPort/>
</#if>
<@set "codec_tos" "184"/>
<@set "signaling_tos" "184"/>
<@set "webserver_user_name" userName!""/>
<@set "webserver_user_password" userPassword!""/>
<@set "http_user" adminName!""/>
<@set "webserver_admin_name" adminName!""/>
<@set "http_pass" adminPassword!""/>
<@set "admin_mode_password" adminPassword!""/>
<@set "webserver_admin_password" adminPassword!""/>
<@set "ntp_server" ntp!""/>
<@set "syslog_server" syslog!""/>
<@set "timezone" timezone!""/>
<@set "language" language!""/>
<@set "web_language" language!""/>
<@set "tone_scheme" tone!""/>
<@set "locale" locale!""/>
<@set "call_waiting" callWaiting/>
<#list identities as it>
<@set "user_active" "on" it.index/>
<@set "user_idle_text" it.idleText it.index/>
<@set "user_idle_number" it.extension!"" it.index/>
<@set "user_host" it.host it.index/>
<@set "user_outbound" it.outbound it.index/>
<@set "user_srtp" it.srtp it.index/>
<@set "user_savp" it.savp it.index/>
<@set "user_auth_tag" "off" it.index/>
<@set "user_name" it.name it.index/>
<@set "user_pname" it.authName it.index/>
<@set "user_pass" it.password it.index/>
<@set "user_realname" it.displayName it.index/>
<@set "user_mailbox" it.mailbox!"" it.index/>
<@set "user_dtmf_info" it.dtmf!"" it.index/>
<@set "codec_priority_list" "pcma,pcmu,g722,g729,telephone-event" it.index/>
<@set "mac_info_in_sip_register" "on" it.index/>
<#if it.failover??>
<@set "user_failover_identity" it.failover?c it.index/>
</#if>
<#if it.backup>
<@set "hide_identity" "true" it.index/>
</#if>
</#list>
<@set "status_msgs_that_are_blocked" blockedMessages!""/>
<#if phonebook??>
<@set "dkey_directory" "url " + phonebook/>
</#if>
<#if softKeys?has_content>
<#list softKeys as key>
<#if key?index == 0 && phonebook??>
    <context_key idx="0" perm="R">
      <initialization>
        <variable name="label" value="${directoryLabel}"/>
        <variable name="icon" value="kIconTypeFkeyAdrBook"/>
      </initialization>
      <action>
        <url target="${phonebook}" when="on press"/>
      </action>
    </context_key>
<#else>
    <context_key idx="${key?index}" perm="R">keyevent ${key}</context_key>
</#if>
</#list>
<#elseif guiKeys>
<@set "gui_fkey1" phonebook???then("none", "F_ADR_BOOK")/>
<@set "gui_fkey4" "F_STATUS"/>
</#if>
  </phone-settings>
  <functionKeys>
<#list keys as key>
    <fkey idx="${key.idx}" context="${key.context}"<#rt>
<#if key.label?has_content> short_label="${key.label}" label="${key.label}"</#if> perm="R">${key.text}</fkey>
</#list>
  </functionKeys>
</settings>
