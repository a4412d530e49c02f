<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- Read by every multiplatform phone before its own file: switches off what that one does not name. -->
<?xml version="1.0" encoding="${encoding}" standalone="yes"?>
<flat-profile>
<#include "provisioning.xml.ftl">
<User_Password_Prompt>No</User_Password_Prompt>
<Server_Type>Asterisk</Server_Type>
<Time_Format>24hr</Time_Format>
<Date_Format>day/month</Date_Format>
<Enable_VLAN>No</Enable_VLAN>
<Enable_PC_Port_VLAN_Tagging>No</Enable_PC_Port_VLAN_Tagging>
<Talk_Package>Yes</Talk_Package>
<Hold_Package>Yes</Hold_Package>
<#include "tones.xml.ftl">
<#include "star-codes.xml.ftl">
<Voice_Mail_Number></Voice_Mail_Number>
<Attendant_Console_Call_Pickup_Code></Attendant_Console_Call_Pickup_Code>
<XML_Directory_Service_Name></XML_Directory_Service_Name>
<XML_Directory_Service_URL></XML_Directory_Service_URL>
<#list 1..16 as n>
<Line_Enable_${n}_>No</Line_Enable_${n}_>
<Auth_Resync-Reboot_${n}_>No</Auth_Resync-Reboot_${n}_>
<Use_Auth_ID_${n}_>Yes</Use_Auth_ID_${n}_>
<Dial_Plan_${n}_>([x*#].)</Dial_Plan_${n}_>
<SIP_Remote-Party-ID_${n}_>no</SIP_Remote-Party-ID_${n}_>
<Preferred_Codec_${n}_>G711a</Preferred_Codec_${n}_>
<Silence_Supp_Enable_${n}_>No</Silence_Supp_Enable_${n}_>
<Proxy_${n}_></Proxy_${n}_>
<Display_Name_${n}_></Display_Name_${n}_>
<User_ID_${n}_></User_ID_${n}_>
<Password_${n}_></Password_${n}_>
<Auth_ID_${n}_></Auth_ID_${n}_>
<Extension_${n}_>Disabled</Extension_${n}_>
<Short_Name_${n}_></Short_Name_${n}_>
<Extended_Function_${n}_></Extended_Function_${n}_>
</#list>
<#list 1..3 as unit>
<#list 1..32 as key>
<Unit_${unit}_Key_${key}_></Unit_${unit}_Key_${key}_>
</#list>
</#list>
</flat-profile>
