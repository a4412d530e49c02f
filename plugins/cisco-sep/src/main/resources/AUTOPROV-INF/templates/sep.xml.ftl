<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- Parts of SEP<MAC>.cnf.xml that SIP and SCCP loads read alike. -->
<#macro clock>
    <dateTimeSetting>
      <dateTemplate>D-M-YA</dateTemplate>
<#if timeZone??>
      <timeZone>${timeZone}</timeZone>
</#if>
<#if ntp??>
      <ntps>
        <ntp>
          <name>${ntp}</name>
          <ntpMode>Unicast</ntpMode>
        </ntp>
      </ntps>
</#if>
    </dateTimeSetting>
</#macro>
<#-- The stamp is filled in when the rest is known. -->
<#macro firmware>
  <versionStamp>00000000</versionStamp>
  <loadInformation>${load!}</loadInformation>
</#macro>
<#macro locales>
<#if locale??>
  <userLocale>
    <name>i18n/${locale.user}</name>
    <langCode>${locale.code}</langCode>
  </userLocale>
  <networkLocale>i18n/${locale.network}</networkLocale>
</#if>
</#macro>
<#macro directory>
<#if .data_model.directory??>
  <directoryURL>${.data_model.directory}</directoryURL>
<#else>
  <directoryURL></directoryURL>
</#if>
</#macro>
