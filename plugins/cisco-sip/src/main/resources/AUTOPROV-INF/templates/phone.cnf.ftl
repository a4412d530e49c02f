<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- SIP<MAC>.cnf. Lines that are not in use are emptied, because the phone keeps what a file does not name. -->
# SIP${device.MAC}.cnf
<#if lines??>
phone_label: "${label}"
<#if password??>
phone_password: "${password}"
</#if>
sntp_server: "${ntp!}"
<#if clock??>
time_zone: "${clock.zone}"
dst_auto_adjust: "${clock.start???then("1", "0")}"
<#if clock.start??>
dst_offset: "${clock.hours}"
dst_start_month: "${clock.start.month}"
dst_start_day: "${clock.start.day}"
dst_start_day_of_week: "${clock.start.weekday}"
dst_start_week_of_month: "${clock.start.week}"
dst_start_time: "${clock.start.time}"
dst_stop_month: "${clock.stop.month}"
dst_stop_day: "${clock.stop.day}"
dst_stop_day_of_week: "${clock.stop.weekday}"
dst_stop_week_of_month: "${clock.stop.week}"
dst_stop_time: "${clock.stop.time}"
</#if>
</#if>
dtmf_outofband: "${(inBand!false)?then("none", "avt")}"
outbound_proxy: "${outbound!}"
outbound_proxy_port: "${outboundPort!}"
proxy_backup: "${backup!}"
proxy_backup_port: "${backupPort!}"
messages_uri: "${voicemail!}"
<#list lines as line>
<#if line.used>
line${line.n}_name: "${line.name}"
line${line.n}_displayname: "${line.displayName}"
line${line.n}_shortname: "${line.shortName}"
line${line.n}_authname: "${line.authName}"
line${line.n}_password: "${line.password}"
proxy${line.n}_address: "${line.proxy}"
proxy${line.n}_port: "${line.port}"
<#else>
line${line.n}_name: ""
line${line.n}_displayname: ""
line${line.n}_shortname: ""
line${line.n}_authname: "UNPROVISIONED"
line${line.n}_password: "UNPROVISIONED"
proxy${line.n}_address: ""
proxy${line.n}_port: ""
</#if>
</#list>
</#if>
