<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- SIPDefault.cnf, which any phone may have: nothing that is one phone's or secret. SIP<MAC>.cnf comes after it and
     wins. -->
# Common to all phones
<#if load??>
image_version: "${load}"
</#if>
proxy_register: "1"
timer_register_expires: "3600"
preferred_codec: "none"
dtmf_outofband: "avt"
dtmf_inband: "1"
sntp_mode: "unicast"
dial_template: "dialplan"
telnet_level: "0"
sync: "1"
