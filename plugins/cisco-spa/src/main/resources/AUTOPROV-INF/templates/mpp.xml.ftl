<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- The file of one multiplatform phone; it is read after the common file. -->
<?xml version="1.0" encoding="${encoding}" standalone="yes"?>
<flat-profile>
<Enable_Web_Server>${f.webServer}</Enable_Web_Server>
<Device_Administration>${f.webServer}</Device_Administration>
<Enable_Protocol>Http</Enable_Protocol>
<Phone-UI-User-Mode>Yes</Phone-UI-User-Mode>
<Connection_Type>DHCP</Connection_Type>
<IP_Mode></IP_Mode>
<Enable_802.1X_Authentication>No</Enable_802.1X_Authentication>
<Protect_IVR_FactoryReset>Yes</Protect_IVR_FactoryReset>
<Screen_Saver_Enable>Yes</Screen_Saver_Enable>
<Screen_Saver_Type>Clock</Screen_Saver_Type>
<Screen_Saver_Wait>300</Screen_Saver_Wait>
<Screen_Saver_Refresh_Period>10</Screen_Saver_Refresh_Period>
<Back_Light_Timer>5m</Back_Light_Timer>
<#if !vlan??>
<VLAN_ID>1</VLAN_ID>
</#if>
<#if f.twelve!false>
<PoE_Power_Required>${(moduleKeys?size > 0)?then("Maximum", "Normal")}</PoE_Power_Required>
</#if>
<#if adminPassword??>
<Admin_Password>${adminPassword}</Admin_Password>
</#if>
<User_Password></User_Password>
<#include "settings.xml.ftl">
<#if voicemail??>
<Voice_Mail_Number>${voicemail}</Voice_Mail_Number>
</#if>
<#if pickup??>
<Call_Pickup_Code>${pickup}</Call_Pickup_Code>
<Attendant_Console_Call_Pickup_Code>${pickup}</Attendant_Console_Call_Pickup_Code>
</#if>
<#if groupPickup??>
<Group_Call_Pickup_Code>${groupPickup}</Group_Call_Pickup_Code>
</#if>
<#include "accounts.xml.ftl">
</flat-profile>
