// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.ZoneId;
import org.autoprov.core.internal.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneConfigTest {

    private static PhoneConfig config(String json) {
        try {
            return new PhoneConfig(Json.readObject(json.replace('\'', '"')), 2026, false);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"dns,dns_ip", "ntp,ntp_ip", "syslog,syslog_ip", "syslog,syslog_level", "vlan,vlan_pc_port_id"})
    void siblingsOfASwitchedOffFeatureReadAsAbsent(String feature, String name) {
        assertThat(config("{'" + name + "':'7'}").text(name)).isNull();
        assertThat(config("{'" + name + "':'7','" + feature + "_enabled':false}")
                        .text(name))
                .isNull();
        assertThat(config("{'" + name + "':'7','" + feature + "_enabled':null}").number(name))
                .isNull();
        assertThat(config("{'" + name + "':'7','" + feature + "_enabled':true}").text(name))
                .isEqualTo("7");
        assertThat(config("{'" + name + "':'7','" + feature + "_enabled':true}").number(name))
                .isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5060|5060",
                "'5060'|5060",
                "''|",
                "'x'|",
                "null|",
                "5.5|",
                "'99999999999'|",
                "99999999999|",
                "'-1'|",
                "[1]|",
                "true|"
            })
    void readsNumbersAlsoFromNumericTexts(String json, Integer number) {
        assertThat(config("{'sip_proxy_port':" + json + "}").number("sip_proxy_port"))
                .isEqualTo(number);
    }

    @Test
    void readsEmptyTextsAndNullsAsAbsent() {
        PhoneConfig config = config("{'locale':'','timezone':null,'exten_dnd':25,'X_a':{},'X_b':[]}");
        assertThat(config.text("locale")).isNull();
        assertThat(config.locale()).isNull();
        assertThat(config.timeZone()).isEmpty();
        assertThat(config.text("exten_dnd")).isEqualTo("25");
        assertThat(config.text("X_a")).isNull();
        assertThat(config.text("X_b")).isNull();
        assertThat(config.text("nothing", "otherwise")).isEqualTo("otherwise");
        assertThat(config.texts("X_b")).isEmpty();
    }

    @Test
    void takesOnlyLanguageAndCountryOfALocale() {
        assertThat(config("{'locale':'de_DE.UTF-8'}").locale()).isEqualTo("de_DE");
    }

    @Test
    void knowsTimeZones() {
        assertThat(config("{'timezone':'America/Montreal'}").timeZone()).contains(ZoneId.of("America/Montreal"));
        assertThat(config("{'timezone':'Mars/Base'}").timeZone()).isEmpty();
    }

    @Test
    void ordersKeysAndLinesByNumber() {
        PhoneConfig config = config(
                "{'sip_lines':{'10':{'username':'j'},'2':{'username':'b'},'x':{'username':'x'},"
                        + "'0':{'username':'z'},'3':{'number':'no user'},'1':{'username':'a'}},"
                        + "'funckeys':{'10':{'type':'park'},'9':{'type':'blf','value':'9','line':2},"
                        + "'1':{'type':'speeddial','value':'1','label':'L'},'2':{'type':'blf'},'3':{'type':'odd','value':'1'}}}");
        assertThat(config.lines()).extracting(SipLine::number).containsExactly(1, 2, 10);
        assertThat(config.line(10)).map(SipLine::username).contains("j");
        assertThat(config.line(3)).isEmpty();
        assertThat(config.functionKeys())
                .containsExactly(
                        new FunctionKey(1, FunctionKey.Type.SPEEDDIAL, "1", "L", 1),
                        new FunctionKey(9, FunctionKey.Type.BLF, "9", "", 2),
                        new FunctionKey(10, FunctionKey.Type.PARK, "", "", 1));
    }

    @Test
    void completesALineFromTheGlobalParameters() {
        SipLine line = config("{'sip_proxy_ip':'p','sip_proxy_port':5070,'sip_backup_proxy_ip':'bp',"
                        + "'sip_backup_proxy_port':'5071','sip_registrar_ip':'r','sip_registrar_port':5072,"
                        + "'sip_backup_registrar_ip':'br','sip_outbound_proxy_ip':'o','sip_outbound_proxy_port':5073,"
                        + "'sip_dtmf_mode':'SIP-INFO','sip_srtp_mode':'preferred','exten_voicemail':'*98',"
                        + "'sip_lines':{'1':{'username':'u'}}}")
                .line(1)
                .orElseThrow();
        assertThat(line)
                .isEqualTo(new SipLine(
                        1,
                        "p",
                        5070,
                        "bp",
                        5071,
                        "r",
                        5072,
                        "br",
                        null,
                        "o",
                        5073,
                        "u",
                        "u",
                        "",
                        "u",
                        null,
                        SipLine.DtmfMode.SIP_INFO,
                        SipLine.SrtpMode.PREFERRED,
                        "*98"));
    }

    @Test
    void prefersWhatTheLineSays() {
        SipLine line = config(
                        "{'sip_proxy_ip':'p','sip_proxy_port':5070,'sip_registrar_ip':'r','sip_dtmf_mode':'SIP-INFO',"
                                + "'sip_lines':{'1':{'username':'u','proxy_ip':'q','proxy_port':'5080','auth_username':'a',"
                                + "'password':'s','number':'42','display_name':'D','dtmf_mode':'RTP-in-band',"
                                + "'srtp_mode':'required','voicemail':'7'}}}")
                .line(1)
                .orElseThrow();
        assertThat(line.proxyIp()).isEqualTo("q");
        assertThat(line.proxyPort()).isEqualTo(5080);
        assertThat(line.registrarIp()).isEqualTo("q");
        assertThat(line.registrarPort()).isEqualTo(5080);
        assertThat(line.authUsername()).isEqualTo("a");
        assertThat(line.displayName()).isEqualTo("D");
        assertThat(line.extension()).isEqualTo("42");
        assertThat(line.dtmfMode()).isEqualTo(SipLine.DtmfMode.IN_BAND);
        assertThat(line.srtpMode()).isEqualTo(SipLine.SrtpMode.REQUIRED);
        assertThat(line.voicemail()).isEqualTo("7");
        assertThat(line.toString()).doesNotContain("password=s");
    }

    @Test
    void registersAtTheProxysPortWhenTheRegistrarIsTheProxy() {
        // sip_registrar_ip = sip_proxy_ip is what the defaults make of a config with a proxy alone.
        SipLine line = config("{'sip_proxy_ip':'p','sip_proxy_port':5070,'sip_registrar_ip':'p',"
                        + "'sip_lines':{'1':{'username':'u'}}}")
                .line(1)
                .orElseThrow();
        assertThat(line.registrarPort()).isEqualTo(5070);
        SipLine own = config("{'sip_lines':{'1':{'username':'u','proxy_ip':'p','proxy_port':5070,'registrar_ip':'p'}}}")
                .line(1)
                .orElseThrow();
        assertThat(own.registrarPort()).isEqualTo(5070);
    }

    @Test
    void showsTheExtensionWhereThereIsNoDisplayName() {
        PhoneConfig config = config("{'sip_lines':{'1':{'username':'u','number':'42'},'2':{'username':'v'}}}");
        assertThat(config.line(1).orElseThrow().displayName()).isEqualTo("42");
        assertThat(config.line(2).orElseThrow().displayName()).isEqualTo("v");
    }

    @Test
    void makesUrlsOfTheUsersServices() {
        String user = "'X_xivo_phonebook_ip':'pb','X_xivo_user_uuid':'uu'";
        assertThat(config("{" + user + "}").phonebookUrl("input", "acme", "&n=1"))
                .isEqualTo("http://pb:9498/0.1/directories/input/default/acme?xivo_user_uuid=uu&n=1");
        assertThat(config("{" + user + ",'X_xivo_phonebook_scheme':'https','X_xivo_phonebook_port':443,"
                                + "'X_xivo_phonebook_profile':'sales'}")
                        .phonebookUrl("lookup", "acme", ""))
                .isEqualTo("https://pb:443/0.1/directories/lookup/sales/acme?xivo_user_uuid=uu");
        assertThat(config("{" + user + "}").serviceUrl("acme", "dnd", "enable"))
                .isEqualTo("http://pb:9498/0.1/acme/users/uu/services/dnd/enable");
        assertThat(config("{'X_xivo_phonebook_ip':'pb'}").phonebookUrl("input", "acme", ""))
                .isNull();
        assertThat(config("{'X_xivo_user_uuid':'uu'}").serviceUrl("acme", "dnd", "enable"))
                .isNull();
    }

    @Test
    void takesTheSlashOffTheBaseUrl() {
        assertThat(config("{'http_base_url':'http://a/b/'}").baseUrl()).isEqualTo("http://a/b");
        assertThat(config("{'http_base_url':'http://a'}").baseUrl()).isEqualTo("http://a");
        assertThat(config("{}").baseUrl()).isNull();
        assertThat(config("{}").sipTransport()).isEqualTo("udp");
    }
}
