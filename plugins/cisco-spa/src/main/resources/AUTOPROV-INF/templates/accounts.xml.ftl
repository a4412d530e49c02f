<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- Per device. The keys come first: an account on the same number wins, because the last mention of a tag counts. -->
<#if phone>
<#list keys as key>
<Extension_${key.n}_>Disabled</Extension_${key.n}_>
<Short_Name_${key.n}_>${key.label}</Short_Name_${key.n}_>
<Extended_Function_${key.n}_>${key.function}</Extended_Function_${key.n}_>
</#list>
<#list moduleKeys as key>
<#if f.twelve!false>
<Unit_${key.unit}_Key_${key.key}_ ua="na">${key.function}</Unit_${key.unit}_Key_${key.key}_>
<#else>
<Unit_${key.unit}_Key_${key.key}>${key.function}</Unit_${key.unit}_Key_${key.key}>
</#if>
</#list>
</#if>
<#list accounts as a>
<Line_Enable_${a.n}_>Yes</Line_Enable_${a.n}_>
<Proxy_${a.n}_>${a.proxy}</Proxy_${a.n}_>
<Use_DNS_SRV_${a.n}_>Yes</Use_DNS_SRV_${a.n}_>
<Proxy_Fallback_Intvl_${a.n}_>120</Proxy_Fallback_Intvl_${a.n}_>
<Outbound_Proxy_${a.n}_>${a.outbound!}</Outbound_Proxy_${a.n}_>
<Use_Outbound_Proxy_${a.n}_>${a.outbound???then("Yes", "No")}</Use_Outbound_Proxy_${a.n}_>
<SIP_Transport_${a.n}_>${a.transport}</SIP_Transport_${a.n}_>
<#if f.mpp!false>
<Secure_Call_Option_${a.n}_>${a.secureOption}</Secure_Call_Option_${a.n}_>
<#else>
<Secure_Call_Serv_${a.n}_>${a.secure}</Secure_Call_Serv_${a.n}_>
</#if>
<Display_Name_${a.n}_>${a.displayName}</Display_Name_${a.n}_>
<User_ID_${a.n}_>${a.userName}</User_ID_${a.n}_>
<Password_${a.n}_>${a.password}</Password_${a.n}_>
<Auth_ID_${a.n}_>${a.authName}</Auth_ID_${a.n}_>
<DTMF_Tx_Method_${a.n}_>${a.dtmf}</DTMF_Tx_Method_${a.n}_>
<#if phone>
<Extension_${a.n}_>${a.n}</Extension_${a.n}_>
<Short_Name_${a.n}_>${a.shortName}</Short_Name_${a.n}_>
<Extended_Function_${a.n}_></Extended_Function_${a.n}_>
</#if>
</#list>
<#list unused as n>
<Line_Enable_${n}_>No</Line_Enable_${n}_>
<User_ID_${n}_></User_ID_${n}_>
<Password_${n}_></Password_${n}_>
</#list>
<#if dialPlan??>
<#list 1..dialPlanLines as n>
<Dial_Plan_${n}_>${dialPlan}</Dial_Plan_${n}_>
</#list>
</#if>
