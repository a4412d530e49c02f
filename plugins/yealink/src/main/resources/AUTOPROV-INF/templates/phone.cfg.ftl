<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- The file of one phone. "f" holds the facts of the firmware line (parameter names that changed), "kind" those of the
     model. A value that is missing clears the parameter: %NULL%. Accounts and keys that are not in use are switched off,
     because the phone keeps what a file does not name; "unused" lists a run of them. -->
<#assign s = f.static>
<#assign g729 = kind.dect?then("0", "1")>
#!version:1.0.0.1
<#if f.serverUrl>
${s}auto_provision.server.url = ${base}/
</#if>
${s}auto_provision.pnp_enable = 0
${s}auto_provision.custom.protect = 1
<#if firmware??>
${f.firmwareUrl} = ${base}/firmware/${firmware}
</#if>
${s}network.vlan.internet_port_enable = ${vlan???then("1", "0")}
${s}network.vlan.internet_port_vid = ${vlan!"%NULL%"}
${s}network.vlan.internet_port_priority = ${vlanPriority!"%NULL%"}
${s}network.vlan.pc_port_enable = ${vlanPcPort???then("1", "0")}
${s}network.vlan.pc_port_vid = ${vlanPcPort!"%NULL%"}
<#if kind.accounts>
<#if certificate??>
${s}trusted_certificates.url = ${base}/${device.mac}-ca.pem
</#if>
${s}syslog.${syslogSwitch} = ${syslog???then("1", "0")}
${s}syslog.server = ${syslog!"%NULL%"}
<#if syslogLevel??>
${s}syslog.server_port = ${syslogPort!"514"}
${s}syslog.level = ${syslogLevel}
</#if>
${s}security.user_name.user = ${user}
${s}security.user_name.admin = ${admin}
${s}security.user_password = ${user}:${userPassword}
${s}security.user_password = ${admin}:${adminPassword}
<#if kind.handsets>
over_the_air.handset_tip = 0
<#list handsets as handset>
over_the_air.url.${handset.handset} = ${base}/firmware/${handset.file}
</#list>
</#if>
${f.lang}.gui = ${language!"%NULL%"}
${f.lang}.wui = ${language!"%NULL%"}
voice.tone.country = ${tones!"%NULL%"}
<#if kind.dect>
custom.handset.language = ${languageCode!"%NULL%"}
</#if>
local_time.date_format = ${dateFormat}
local_time.ntp_server1 = ${ntp}
<#if clock??>
local_time.time_zone = ${clock.zone}
local_time.summer_time = ${clock.summer?then("1", "0")}
<#if clock.summer>
local_time.dst_time_type = ${clock.type}
local_time.start_time = ${clock.start}
local_time.end_time = ${clock.end}
local_time.offset_time = ${clock.minutes}
</#if>
<#else>
local_time.time_zone = %NULL%
local_time.time_zone_name = %NULL%
local_time.summer_time = %NULL%
</#if>
<#list 1..8 as k>
distinctive_ring_tones.alert_info.${k}.text = ring${k}
distinctive_ring_tones.alert_info.${k}.ringer = ${k}
</#list>
features.caller_name_type_on_dialing = 1
features.text_message.enable = 0
features.text_message_popup.enable = 0
features.show_action_uri_option = 0
features.action_uri_limit_ip = ${actionHosts!"%NULL%"}
features.direct_ip_call_enable = 1
sip.notify_reboot_enable = ${kind.dect?then("1", "0")}
sip.trust_ctrl = 1
call_waiting.enable = ${callWaiting?then("1", "0")}
<#if !kind.dect>
features.config_dsskey_length = 1
features.dnd.large_icon.enable = 1
transfer.dsskey_deal_type = 1
${s}usb.power.enable = 1
</#if>
${s}directory_setting.url = ${base}/directory_setting.xml
remote_phonebook.data.1.url = ${phonebook!"%NULL%"}
remote_phonebook.data.1.name = ${phonebook???then(f.phonebookName, "%NULL%")}
<#if f.dndUrls>
action_url.dnd_on = ${dndOn!"%NULL%"}
action_url.dnd_off = ${dndOff!"%NULL%"}
</#if>
<#list servers as server>
template.${server.n}.name = ${server.address}
template.${server.n}.sip_server.1.address = ${server.address}
<#if server.port??>
template.${server.n}.sip_server.1.port = ${server.port}
</#if>
template.${server.n}.sip_server.1.transport_type = ${transport}
<#if server.backup??>
template.${server.n}.sip_server.2.address = ${server.backup}
<#if server.backupPort??>
template.${server.n}.sip_server.2.port = ${server.backupPort}
</#if>
template.${server.n}.sip_server.2.transport_type = ${transport}
</#if>
</#list>
<#list accounts as a>
<#if a.unused??>
<#list a.unused as n>
account.${n}.enable = 0
account.${n}.label = %NULL%
account.${n}.display_name = %NULL%
account.${n}.auth_name = %NULL%
account.${n}.user_name = %NULL%
account.${n}.password = %NULL%
<#if !kind.templated>
account.${n}.sip_server.1.address = %NULL%
account.${n}.sip_server.1.port = %NULL%
account.${n}.sip_server.2.address = %NULL%
account.${n}.sip_server.2.port = %NULL%
<#if f.serverTransport>
account.${n}.sip_server.1.transport_type = %NULL%
account.${n}.sip_server.2.transport_type = %NULL%
<#else>
account.${n}.transport = %NULL%
</#if>
</#if>
account.${n}.subscribe_mwi = %NULL%
voice_mail.number.${n} = %NULL%
</#list>
<#else>
<#assign p = "account." + a.n>
${p}.enable = 1
${p}.label = ${a.label}
<#if a.displayName??>
${p}.display_name = ${a.displayName}
</#if>
${p}.auth_name = ${a.authName}
${p}.user_name = ${a.userName}
${p}.password = ${a.password}
<#if kind.templated>
${p}.sip_server.template = ${a.template}
<#else>
${p}.sip_server.1.address = ${a.server}
${p}.sip_server.1.port = ${a.port!"%NULL%"}
${p}.sip_server.2.address = ${a.backup!"%NULL%"}
${p}.sip_server.2.port = ${a.backupPort!"%NULL%"}
<#if f.serverTransport>
${p}.sip_server.1.transport_type = ${transport}
${p}.sip_server.2.transport_type = ${transport}
<#else>
${p}.transport = ${transport}
</#if>
</#if>
${p}.outbound_proxy_enable = ${a.outbound???then("1", "0")}
<#if a.outbound??>
<#if f.outboundHost>
${p}.outbound_host = ${a.outbound}
${p}.outbound_port = ${a.outboundPort!"%NULL%"}
<#else>
${p}.outbound_proxy.1.address = ${a.outbound}
${p}.outbound_proxy.1.port = ${a.outboundPort!"%NULL%"}
</#if>
</#if>
${p}.fallback.redundancy_type = 1
${p}.cid_source = 2
${p}.alert_info_url_enable = 0
${p}.nat.udp_update_enable = 1
${p}.dtmf.type = ${a.dtmf}
${p}.dtmf.info_type = 1
${p}.srtp_encryption = ${a.srtp}
${p}.codec.g722.enable = 1
${p}.codec.g722_1c_48kpbs.enable = 1
${p}.codec.g722_1c_32kpbs.enable = 1
${p}.codec.g722_1c_24kpbs.enable = 1
${p}.codec.g722_1_24kpbs.enable = 1
${p}.codec.pcmu.enable = 1
${p}.codec.pcma.enable = 1
${p}.codec.g729.enable = ${g729}
${p}.codec.g726_16.enable = 0
${p}.codec.g726_24.enable = 0
${p}.codec.g726_32.enable = 0
${p}.codec.g726_40.enable = 0
${p}.codec.g723_53.enable = 0
${p}.codec.g723_63.enable = 0
${p}.codec.opus.enable = 0
${p}.codec.ilbc.enable = 0
<#if subscribeMwi>
${p}.subscribe_mwi = 1
</#if>
voice_mail.number.${a.n} = ${a.voicemail!"%NULL%"}
</#if>
</#list>
<#list keys as key>
<#if key.unused??>
<#list key.unused as k>
${k}.type = 0
${k}.line = %NULL%
${k}.value = %NULL%
${k}.label = %NULL%
</#list>
<#else>
${key.name}.type = ${key.type}
${key.name}.line = ${key.line}
${key.name}.value = ${key.value!"%NULL%"}
${key.name}.label = ${key.label!"%NULL%"}
<#if key.pickup??>
${key.name}.extension = ${key.pickup}
<#if f.pickupValue>
${key.name}.pickup_value = ${key.pickup}
</#if>
</#if>
</#if>
</#list>
</#if>
