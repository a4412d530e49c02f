<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- Per device, of phones and adapters of both kinds: what is no account. -->
<Primary_DNS>${dns!}</Primary_DNS>
<Primary_NTP_Server>${ntp!}</Primary_NTP_Server>
<Syslog_Server>${syslog!}</Syslog_Server>
<Enable_VLAN>${vlan???then("Yes", "No")}</Enable_VLAN>
<#if vlan??>
<VLAN_ID>${vlan}</VLAN_ID>
</#if>
<#if phone>
<Enable_PC_Port_VLAN_Tagging>${vlanPcPort???then("Yes", "No")}</Enable_PC_Port_VLAN_Tagging>
<#if vlanPcPort??>
<PC_Port_VLAN_ID>${vlanPcPort}</PC_Port_VLAN_ID>
</#if>
</#if>
<Upgrade_Rule>${upgradeRule!}</Upgrade_Rule>
<#if phone>
<Language_Selection>${language}</Language_Selection>
<Locale>${locale}</Locale>
<Dictionary_Server_Script>${dictionary!}</Dictionary_Server_Script>
</#if>
<#if timeZone??>
<Time_Zone>${timeZone}</Time_Zone>
<Daylight_Saving_Time_Enable>${summer???then("Yes", "No")}</Daylight_Saving_Time_Enable>
<Daylight_Saving_Time_Rule>${summer!}</Daylight_Saving_Time_Rule>
</#if>
<#if tones??>
<#include "tones.xml.ftl">
</#if>
<#if fxs??>
<FXS_Port_Impedance>${fxs.impedance}</FXS_Port_Impedance>
<Ring_Frequency>${fxs.frequency}</Ring_Frequency>
</#if>
<#if phone>
<Station_Name>${station!}</Station_Name>
<XML_Directory_Service_Name>${phonebook???then("Directory", "")}</XML_Directory_Service_Name>
<XML_Directory_Service_URL>${phonebook!}</XML_Directory_Service_URL>
<Secure_Call_Serv>${secure}</Secure_Call_Serv>
<Secure_Call_Setting>${secure}</Secure_Call_Setting>
<#if f.srtpMethod??>
<SRTP_Method>${f.srtpMethod}</SRTP_Method>
</#if>
</#if>
