<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- The file of one SPA phone or adapter; it is read after the common file. -->
<?xml version="1.0" encoding="${encoding}" standalone="yes"?>
<flat-profile>
<#if adminPassword??>
<Admin_Passwd>${adminPassword}</Admin_Passwd>
</#if>
<User_Password>${userPassword!}</User_Password>
<#include "settings.xml.ftl">
<Voice_Mail_Number>${voicemail!}</Voice_Mail_Number>
<Call_Pickup_Code>${pickup!}</Call_Pickup_Code>
<Attendant_Console_Call_Pickup_Code>${pickup!}</Attendant_Console_Call_Pickup_Code>
<#if f.groupPickup!false>
<Group_Call_Pickup_Code>${groupPickup!}</Group_Call_Pickup_Code>
</#if>
<#include "accounts.xml.ftl">
<#if f.router!false>
<router-configuration>
<#if routerZone?? || ntp??>
<Time_Setup>
<#if routerZone??>
<Time_Zone>${routerZone}</Time_Zone>
</#if>
<Time_Server>${ntp!}</Time_Server>
</Time_Setup>
</#if>
<WAN_VLAN_Setting>
<WAN_VLAN_Enable>${vlan???then("1", "0")}</WAN_VLAN_Enable>
<WAN_VLAN_ID>${vlan!"1"}</WAN_VLAN_ID>
</WAN_VLAN_Setting>
<#if f.webPassword!false>
<Web_Login_Admin_Name>${admin}</Web_Login_Admin_Name>
<Web_Login_Admin_Password>${adminPassword!"admin"}</Web_Login_Admin_Password>
<Web_Login_Guest_Name>${user}</Web_Login_Guest_Name>
<Web_Login_Guest_Password>${userPassword!"cisco"}</Web_Login_Guest_Password>
<#else>
<Web_Login_Admin_Name>admin</Web_Login_Admin_Name>
<#if adminPassword??>
<Web_Login_Admin_Password>${adminPassword}</Web_Login_Admin_Password>
</#if>
<Web_Login_Guest_Name>cisco</Web_Login_Guest_Name>
<#if userPassword??>
<Web_Login_Guest_Password>${userPassword}</Web_Login_Guest_Password>
</#if>
</#if>
</router-configuration>
</#if>
</flat-profile>
