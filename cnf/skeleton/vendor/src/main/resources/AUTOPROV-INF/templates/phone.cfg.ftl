<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- The file of one phone. Every value is escaped as one line of text. -->
#!@family@
<#if adminPassword??>
admin.password = ${adminPassword}
</#if>
<#if language??>
language = ${language}
</#if>
<#if timeZone??>
time.zone = ${timeZone}
</#if>
<#if ntp??>
time.server = ${ntp}
</#if>
sip.transport = ${transport}
<#list accounts as account>
account.${account.number}.enable = ${account.user???then("1", "0")}
<#if account.user??>
account.${account.number}.user = ${account.user}
account.${account.number}.auth_user = ${account.authUser}
account.${account.number}.password = ${account.password}
account.${account.number}.name = ${account.name}
account.${account.number}.server = ${account.server}
account.${account.number}.port = ${account.port!"5060"}
</#if>
</#list>
<#list keys as key>
key.${key.number}.type = ${key.type}
key.${key.number}.value = ${key.value}
key.${key.number}.label = ${key.label}
</#list>
