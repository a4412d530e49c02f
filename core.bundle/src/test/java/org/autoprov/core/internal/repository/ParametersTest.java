// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.autoprov.core.internal.FakeStore;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.store.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {

    private final FakeStore store = new FakeStore();

    private StoredParameters parameters() {
        return new StoredParameters(new Ledger(store));
    }

    @Test
    void keepsWhatIsSetOverARestart() throws Exception {
        StoredParameters first = parameters();
        first.set("test", "http_proxy", "http://user:pw@192.0.2.1:3128");
        first.set("test", "locale", "fr_CA");
        first.set("test", "locale", "fr");
        first.set("test", "NAT", "1");
        first.set("test", "NAT", null);

        StoredParameters second = parameters();
        assertThat(second.get("http_proxy")).contains("http://user:pw@192.0.2.1:3128");
        assertThat(second.get("locale")).contains("fr");
        assertThat(second.get("NAT")).isEmpty();
        assertThat(second.get("nat")).isEmpty();
        second.set("test", "locale", "");
        assertThat(parameters().get("locale")).isEmpty();
    }

    @Test
    void tellsTheAuditLogWhoButNotWhat() throws Exception {
        parameters().set("ann", "http_proxy", "http://user:hidden@192.0.2.1");

        assertThat(store.allAudit().toString()).contains("ann").doesNotContain("hidden");
    }

    @Test
    void storesNothingWhenNothingChanges() throws Exception {
        StoredParameters parameters = parameters();
        parameters.set("test", "locale", "de");
        int commits = store.commits();
        parameters.set("test", "locale", "de");
        parameters.set("test", "NAT", null);

        assertThat(store.commits()).isEqualTo(commits);
    }

    @Test
    void changesNothingWhileTheStoreIsAway() {
        StoredParameters parameters = parameters();
        store.away(true);

        assertThatThrownBy(() -> parameters.set("test", "locale", "de"))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
        assertThat(parameters.get("locale")).isEmpty();
    }

    @Test
    void ignoresAnUnusableStoredValueAndCanReplaceIt() throws Exception {
        store.plant(Kind.PARAMETER, "locale", "{\"schema\":1,\"value\":7}");
        store.plant(Kind.PARAMETER, "master", "{\"schema\":1}");
        StoredParameters parameters = parameters();

        assertThat(parameters.get("locale")).isEmpty();
        parameters.set("test", "locale", "de");
        assertThat(parameters().get("locale")).contains("de");
    }

    @ParameterizedTest
    @CsvSource({
        "plugin_server, https://plugins.example.com/stable, ",
        "plugin_server, http://u:p@plugins.example.com:81, ",
        "plugin_server, '', 'no scheme: '",
        "plugin_server, plugins.example.com/x, no scheme: plugins.example.com/x",
        "plugin_server, http:/x, no hostname: http:/x",
        "plugin_server, http://:80/, no hostname: http://:80/",
        "http_proxy, http://192.0.2.1:3128, ",
        "http_proxy, http://u:p@proxy, ",
        "http_proxy, '', 'No scheme: '",
        "http_proxy, //proxy:1, No scheme: //proxy:1",
        "http_proxy, http:proxy, No hostname: http:proxy",
        "http_proxy, http://proxy/, Path: http://proxy/",
        "ftp_proxy, http://u:p@proxy/x, Path: http://********@proxy/x",
        "ftp_proxy, http://proxy:99999, Invalid port: http://proxy:99999",
        "https_proxy, proxy.example.com:3128, ",
        "https_proxy, proxy, ",
        "https_proxy, '', zero-length value",
        "https_proxy, http://proxy:3128, scheme and hostname: http://proxy:3128",
        "https_proxy, proxy/x, not a host and port: proxy/x",
        "locale, fr, ",
        "locale, fra_CAN, ",
        "locale, fr-CA, Invalid locale fr-CA",
        "locale, FR, Invalid locale FR",
        "NAT, 0, ",
        "NAT, 1, ",
        "NAT, 2, 'Invalid NAT value: must be \"0\" or \"1\"'",
        "NAT, true, 'Invalid NAT value: must be \"0\" or \"1\"'",
    })
    void judgesValuesAsTheContractSays(String name, String value, String fault) throws Exception {
        StoredParameters parameters = parameters();
        if (fault == null) {
            parameters.set("test", name, value);
            assertThat(parameters.get(name)).contains(value);
        } else {
            assertThatThrownBy(() -> parameters.set("test", name, value))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage(fault);
            assertThat(parameters.get(name)).isEmpty();
        }
    }

    @Test
    void refusesBlanksAndLineEnds() {
        for (String value : new String[] {"http://a b", "http://a\r\nX: y", "http://a\u0000"}) {
            assertThatThrownBy(() -> parameters().set("test", "plugin_server", value))
                    .isInstanceOf(RefusedException.class);
        }
        assertThatThrownBy(() -> parameters().set("test", "locale", "fr\n")).isInstanceOf(RefusedException.class);
    }

    @Test
    void knowsNoOtherNames() {
        assertThatThrownBy(() -> parameters().set("test", "tenants", "x"))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
        assertThat(parameters().names())
                .containsExactly("plugin_server", "http_proxy", "ftp_proxy", "https_proxy", "locale", "NAT");
    }

    @Property
    void everyValueIsJudgedWithoutAnException(@ForAll String value) {
        for (String name : new String[] {"plugin_server", "http_proxy", "https_proxy", "locale", "NAT"}) {
            String fault = ParameterRules.fault(name, value);
            assertThat(fault == null || fault.length() < 400).isTrue();
        }
    }

    @Property
    void aPasswordIsNeverShown(@ForAll("words") String user, @ForAll("words") String password) {
        String secret = "s3" + password + "cr3t";
        Pattern free = Pattern.compile(Pattern.quote(secret));
        for (String url : new String[] {
            "http://" + user + ":" + secret + "@h/x", user + ":" + secret + "@h", "http://h@" + secret + "@x/"
        }) {
            assertThat(free.matcher(ParameterRules.masked(url)).find())
                    .as(ParameterRules.masked(url))
                    .isFalse();
        }
    }

    @net.jqwik.api.Provide
    net.jqwik.api.Arbitrary<String> words() {
        return net.jqwik.api.Arbitraries.strings().alpha().ofMaxLength(12);
    }
}
