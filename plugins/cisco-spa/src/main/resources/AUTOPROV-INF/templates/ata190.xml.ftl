<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- One port of an ATA190. A port without an account gets a file without a line, which switches it off. -->
<?xml version="1.0" encoding="UTF-8"?>
<device>
<deviceProtocol>SIP</deviceProtocol>
<devicePool>
<dateTimeSetting>
<dateTemplate>YA.M.D</dateTemplate>
<timeZone>${zone}</timeZone>
<olsonTimeZone>${zone}</olsonTimeZone>
<#if ntp??>
<ntps>
<ntp>
<name>${ntp}</name>
<ntpMode>Unicast</ntpMode>
</ntp>
</ntps>
</#if>
</dateTimeSetting>
<#if line??>
<callManagerGroup>
<members>
<member priority="0">
<callManager>
<ports>
<sipPort>${line.port}</sipPort>
</ports>
<processNodeName>${line.server}</processNodeName>
</callManager>
</member>
</members>
</callManagerGroup>
</#if>
</devicePool>
<sipProfile>
<#if line??>
<phoneLabel>${line.number}</phoneLabel>
<sipLines>
<line button="1">
<featureID>9</featureID>
<featureLabel>${line.displayName}</featureLabel>
<proxy>${line.server}</proxy>
<port>${line.port}</port>
<name>${line.userName}</name>
<displayName>${line.number}</displayName>
<contact>${line.number}</contact>
<authName>${line.authName}</authName>
<authPassword>${line.password}</authPassword>
</line>
</sipLines>
<#else>
<phoneLabel></phoneLabel>
<sipLines></sipLines>
</#if>
<dialTemplate>dialplan.xml</dialTemplate>
</sipProfile>
<#if load??>
<loadInformation>${load}</loadInformation>
</#if>
</device>
