<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- The root that vouches for the SIP server; the phone takes one certificate from a file. -->
<#list certificate![] as line>
${line}
</#list>
