<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- Read by every SPA phone before its own file: switches off what that one does not name. -->
<?xml version="1.0" encoding="${encoding}" standalone="yes"?>
<flat-profile>
<#include "provisioning.xml.ftl">
<Resync_Periodic>0</Resync_Periodic>
<SPCP_Auto-detect>No</SPCP_Auto-detect>
<SPA525-auto-detect-sccp>No</SPA525-auto-detect-sccp>
<SPA525-readonly>Yes</SPA525-readonly>
<Server_Type>Asterisk</Server_Type>
<Default_Character_Encoding>${encoding}</Default_Character_Encoding>
<Time_Format>24hr</Time_Format>
<Date_Format>day/month</Date_Format>
<Enable_VLAN>No</Enable_VLAN>
<Enable_PC_Port_VLAN_Tagging>No</Enable_PC_Port_VLAN_Tagging>
<Talk_Package>Yes</Talk_Package>
<Hold_Package>Yes</Hold_Package>
<#include "tones.xml.ftl">
<#include "star-codes.xml.ftl">
<Programmable_Softkey_Enable>Yes</Programmable_Softkey_Enable>
<Idle_Key_List>redial|1;dir|2;dnd|3;cfwd|4;lcr|5;pickup|6;gpickup|7</Idle_Key_List>
<Missed_Call_Key_List>lcr|1;back|2;miss|4</Missed_Call_Key_List>
<Off_Hook_Key_List>redial|1;cancel|2;dir|3;option|4;pickup|5;gpickup|6</Off_Hook_Key_List>
<Dialing_Input_Key_List>dial|1;delchar|2;cancel|3;left|5;right|6</Dialing_Input_Key_List>
<Progressing_Key_List>endcall|2</Progressing_Key_List>
<Connected_Key_List>hold|1;endcall|2;conf|3;xfer|4;bxfer;confLx;xferLx;flash</Connected_Key_List>
<Start-Xfer_Key_List>hold|1;endcall|2;xfer|3</Start-Xfer_Key_List>
<Start-Conf_Key_List>hold|1;endcall|2;conf|3</Start-Conf_Key_List>
<Conferencing_Key_List>hold|1;endcall|2;join|4</Conferencing_Key_List>
<Releasing_Key_List>endcall|2</Releasing_Key_List>
<Hold_Key_List>resume|1;endcall|2;newcall|3;redial;dir;cfwd;dnd</Hold_Key_List>
<Ringing_Key_List>answer|1;ignore|2</Ringing_Key_List>
<Voice_Mail_Number></Voice_Mail_Number>
<Attendant_Console_Call_Pickup_Code></Attendant_Console_Call_Pickup_Code>
<XML_Directory_Service_Name></XML_Directory_Service_Name>
<XML_Directory_Service_URL></XML_Directory_Service_URL>
<#list 1..12 as n>
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
<#list 1..2 as unit>
<#list 1..32 as key>
<Unit_${unit}_Key_${key}></Unit_${unit}_Key_${key}>
</#list>
</#list>
</flat-profile>
