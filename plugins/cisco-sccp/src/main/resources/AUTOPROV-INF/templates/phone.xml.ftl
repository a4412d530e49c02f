<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- SEP<MAC>.cnf.xml of an SCCP load. Without </device> at its end the phone drops the whole file. -->
<#import "sep.xml.ftl" as sep>
<?xml version="1.0" encoding="UTF-8"?>
<device>
  <devicePool>
<@sep.clock/>
    <callManagerGroup>
      <members>
<#list managers as manager>
        <member priority="${manager.priority}">
          <callManager>
            <ports>
              <ethernetPhonePort>${manager.port}</ethernetPhonePort>
            </ports>
            <processNodeName>${manager.host}</processNodeName>
          </callManager>
        </member>
</#list>
      </members>
    </callManagerGroup>
    <srstInfo>
      <srstOption>Disable</srstOption>
    </srstInfo>
  </devicePool>
<@sep.firmware/>
  <vendorConfig>
    <disableSpeaker>false</disableSpeaker>
    <disableSpeakerAndHeadset>false</disableSpeakerAndHeadset>
    <enableGroupListen>true</enableGroupListen>
    <g722CodecSupport>2</g722CodecSupport>
  </vendorConfig>
  <advertiseG722Codec>1</advertiseG722Codec>
<@sep.locales/>
  <addOnModules></addOnModules>
  <idleTimeout>0</idleTimeout>
  <authenticationURL></authenticationURL>
<@sep.directory/>
  <idleURL></idleURL>
  <informationURL></informationURL>
  <messagesURL></messagesURL>
  <proxyServerURL></proxyServerURL>
  <servicesURL></servicesURL>
</device>
