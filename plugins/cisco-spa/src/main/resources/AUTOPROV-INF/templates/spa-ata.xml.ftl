<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- Read by every adapter before its own file: switches off what that one does not name. -->
<?xml version="1.0" encoding="${encoding}" standalone="yes"?>
<flat-profile>
<#include "provisioning.xml.ftl">
<Resync_Periodic>0</Resync_Periodic>
<Enable_VLAN>No</Enable_VLAN>
<#include "tones.xml.ftl">
<#include "star-codes.xml.ftl">
<#list ["Call_Redial", "Cfwd_Last_Act", "Cfwd_Last_Deact", "Block_Last_Act", "Block_Last_Deact", "Accept_Last_Act",
        "Accept_Last_Deact", "CID_Act", "CID_Deact", "CWCID_Act", "CWCID_Deact", "Dist_Ring_Act", "Dist_Ring_Deact",
        "Speed_Dial_Act", "Modem_Line_Toggle", "FAX_Line_Toggle"] as code>
<${code}_Code></${code}_Code>
</#list>
<FXS_Port_Impedance>270+750||150nF</FXS_Port_Impedance>
<Ring_Frequency>50</Ring_Frequency>
<Ring_Voltage>70</Ring_Voltage>
<Ring_Waveform>Sinusoid</Ring_Waveform>
<Caller_ID_Method>ETSI FSK</Caller_ID_Method>
<Caller_ID_FSK_Standard>v.23</Caller_ID_FSK_Standard>
<Voice_Mail_Number></Voice_Mail_Number>
<#list 1..8 as n>
<Line_Enable_${n}_>No</Line_Enable_${n}_>
<Auth_Resync-Reboot_${n}_>No</Auth_Resync-Reboot_${n}_>
<Use_Auth_ID_${n}_>Yes</Use_Auth_ID_${n}_>
<Dial_Plan_${n}_>([x*#].)</Dial_Plan_${n}_>
<SIP_Remote-Party-ID_${n}_>no</SIP_Remote-Party-ID_${n}_>
<Preferred_Codec_${n}_>G711a</Preferred_Codec_${n}_>
<Silence_Supp_Enable_${n}_>No</Silence_Supp_Enable_${n}_>
<FAX_Enable_T38_${n}_>Yes</FAX_Enable_T38_${n}_>
<FAX_Passthru_Method_${n}_>ReINVITE</FAX_Passthru_Method_${n}_>
<FAX_Passthru_Codec_${n}_>G711a</FAX_Passthru_Codec_${n}_>
<FAX_Process_NSE_${n}_>No</FAX_Process_NSE_${n}_>
<FAX_CED_Detect_Enable_${n}_>Yes</FAX_CED_Detect_Enable_${n}_>
<FAX_CNG_Detect_Enable_${n}_>Yes</FAX_CNG_Detect_Enable_${n}_>
<Proxy_${n}_></Proxy_${n}_>
<Display_Name_${n}_></Display_Name_${n}_>
<User_ID_${n}_></User_ID_${n}_>
<Password_${n}_></Password_${n}_>
<Auth_ID_${n}_></Auth_ID_${n}_>
</#list>
</flat-profile>
