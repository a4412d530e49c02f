// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.internal.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigValidationTest {

    private static void check(String json) throws IOException, InvalidConfigException {
        ConfigValidation.check(Json.readObject(json.replace('\'', '"')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'X_anything':{'a':[1,null]},'X_':1}",
                "{'locale':'de_DE'}",
                "{'locale':'de_DE.UTF-8'}",
                "{'locale':null}",
                "{'timezone':'Europe/Paris'}",
                "{'timezone':'UTC'}",
                "{'protocol':'SIP'}",
                "{'protocol':'SCCP'}",
                "{'syslog_level':'critical'}",
                "{'syslog_level':'debug'}",
                "{'sip_dtmf_mode':'SIP-INFO','sip_srtp_mode':'required','sip_transport':'tls'}",
                "{'http_port':80}",
                "{'http_port':'80'}",
                "{'http_port':null}",
                "{'vlan_id':9999}",
                "{'ntp_enabled':false}",
                "{'ntp_enabled':null}",
                "{'ntp_enabled':true,'ntp_ip':'192.0.2.1'}",
                "{'ntp_ip':'192.0.2.1'}",
                "{'sip_subscribe_mwi':true}",
                "{'sip_lines':{}}",
                "{'sip_lines':null}",
                "{'sip_lines':{'any key':{'username':'u'}}}",
                "{'sip_lines':{'1':{'username':'u','proxy_port':'5060','backup_proxy_port':5061,'number':42}}}",
                "{'sip_lines':{'1':{'dtmf_mode':'RTP-in-band','srtp_mode':'preferred','voicemail':null}}}",
                "{'funckeys':{'1':{'type':'park'},'12':{'type':'blf','value':'42'}}}",
                "{'funckeys':{'1':{'type':'speeddial','value':42,'label':'x','line':1}}}",
                "{'sccp_call_managers':{'1':{'ip':'192.0.2.1','port':2000}}}",
                "{'sip_servers_root_and_intermediate_certificates':['a','b']}",
                "{'admin_password':1234,'exten_dnd':'*25'}",
            })
    void accepts(String json) {
        assertThatCode(() -> check(json)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'foo':1,'bar':2}                  | Custom fields must start with `X_` : bar, foo",
                "{'x_foo':1}                        | Custom fields must start with `X_` : x_foo",
                "{'XX_foo':1}                       | XX_foo: names that begin with XX_ are reserved for plugins",
                "{'locale':'french'}                | locale must be ll_CC, such as de_DE",
                "{'locale':'DE_de'}                 | locale must be ll_CC, such as de_DE",
                "{'locale':' de_DE'}                | locale must be ll_CC, such as de_DE",
                "{'timezone':'Mars/Base'}           | timezone must be a name of the time-zone database, such as Europe/Paris",
                "{'protocol':'sip'}                 | protocol must be one of [SCCP, SIP]",
                "{'syslog_level':'notice'}          | syslog_level must be one of [critical, debug, error, info, warning]",
                "{'sip_dtmf_mode':'auto'}           | sip_dtmf_mode must be one of [RTP-in-band, RTP-out-of-band, SIP-INFO]",
                "{'sip_srtp_mode':'optional'}       | sip_srtp_mode must be one of [disabled, preferred, required]",
                "{'sip_transport':'sctp'}           | sip_transport must be one of [tcp, tls, udp]",
                "{'http_port':'80a'}                | http_port must be a whole number",
                "{'http_port':8.5}                  | http_port must be a whole number",
                "{'http_port':true}                 | http_port must be a whole number",
                "{'http_port':''}                   | http_port must be a whole number",
                "{'http_port':{}}                   | http_port must be a whole number",
                "{'ntp_enabled':'true'}             | ntp_enabled must be true or false",
                "{'ntp_enabled':1}                  | ntp_enabled must be true or false",
                "{'ntp_enabled':true}               | ntp_enabled is true, so ntp_ip must be there",
                "{'ntp_enabled':true,'ntp_ip':null} | ntp_enabled is true, so ntp_ip must be there",
                "{'ntp_enabled':true,'ntp_ip':''}   | ntp_enabled is true, so ntp_ip must be there",
                "{'dns_enabled':true}               | dns_enabled is true, so dns_ip must be there",
                "{'vlan_enabled':true}              | vlan_enabled is true, so vlan_id must be there",
                "{'syslog_enabled':true}            | syslog_enabled is true, so syslog_ip must be there",
                "{'ip':[]}                          | ip must be a text",
                "{'admin_password':{}}              | admin_password must be a text",
                "{'sip_lines':[]}                   | sip_lines must be an object",
                "{'sip_lines':{'1':'u'}}            | sip_lines.1 must be an object",
                "{'sip_lines':{'1':{'username':[]}}}          | sip_lines.1.username must be a text",
                "{'sip_lines':{'1':{'proxy_port':'x'}}}       | sip_lines.1.proxy_port must be a whole number",
                "{'sip_lines':{'2':{'dtmf_mode':'x'}}}        | sip_lines.2.dtmf_mode must be one of [RTP-in-band, RTP-out-of-band, SIP-INFO]",
                "{'sip_lines':{'2':{'srtp_mode':'x'}}}        | sip_lines.2.srtp_mode must be one of [disabled, preferred, required]",
                "{'funckeys':{'a':{'type':'park'}}}           | funckeys.a must be numbered by digits",
                "{'funckeys':{'1':{}}}                        | funckeys.1.type must be one of [blf, park, speeddial]",
                "{'funckeys':{'1':{'type':'dial'}}}           | funckeys.1.type must be one of [blf, park, speeddial]",
                "{'funckeys':{'1':{'type':'blf'}}}            | funckeys.1.value must be there",
                "{'funckeys':{'1':{'type':'speeddial','value':''}}} | funckeys.1.value must be there",
                "{'funckeys':{'1':7}}                         | funckeys.1 must be an object",
                "{'funckeys':7}                               | funckeys must be an object",
                "{'sccp_call_managers':{'a':{'ip':'x'}}}      | sccp_call_managers.a must be numbered by digits",
                "{'sccp_call_managers':{'1':{}}}              | sccp_call_managers.1.ip must be there",
                "{'sccp_call_managers':{'1':{'ip':''}}}       | sccp_call_managers.1.ip must be there",
                "{'sip_servers_root_and_intermediate_certificates':'x'}   | sip_servers_root_and_intermediate_certificates must be a list of texts",
                "{'sip_local_root_and_intermediate_certificates':['x',1]} | sip_local_root_and_intermediate_certificates must be a list of texts",
            })
    void refusesNamingTheParameterAndWhatIsAllowed(String json, String message) {
        assertThatThrownBy(() -> check(json))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage(message);
    }

    @Test
    void checksTheDocumentBeforeInheritance() {
        // A child cannot switch a feature on and inherit the address: the check sees the document alone.
        assertThatThrownBy(() -> check("{'ntp_enabled':true}")).hasMessageContaining("ntp_ip");
    }

    @Property(tries = 100)
    void neverTellsAValue(@ForAll @AlphaChars @StringLength(min = 12, max = 20) String secret) {
        List<Map<String, Object>> wrong = List.of(
                Map.of("locale", secret),
                Map.of("timezone", secret),
                Map.of("sip_transport", secret),
                Map.of("http_port", secret),
                Map.of("ntp_enabled", secret),
                Map.of("admin_password", List.of(secret)),
                Map.of("sip_lines", Map.of("1", secret)),
                Map.of("sip_lines", Map.of("1", Map.of("password", Map.of("x", secret)))),
                Map.of("sip_lines", secret),
                Map.of("funckeys", Map.of("1", Map.of("type", secret))),
                Map.of("sccp_call_managers", secret),
                Map.of("sip_local_root_and_intermediate_certificates", secret));
        wrong.forEach(raw -> assertThatThrownBy(() -> ConfigValidation.check(raw))
                .isInstanceOf(InvalidConfigException.class)
                .satisfies(e -> org.assertj.core.api.Assertions.assertThat(e.getMessage())
                        .doesNotContain(secret)));
    }
}
