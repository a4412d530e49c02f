// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 10.0.0.1                     | 10.0.0.1",
                "1 | 10.0.0.1, 10.0.0.2           | 10.0.0.2",
                "2 | 10.0.0.1, 10.0.0.2, 10.0.0.3 | 10.0.0.2",
                "5 | 10.0.0.1, 10.0.0.2, 10.0.0.3 | 10.0.0.1",
                "1 | nonsense,10.0.0.2            | 10.0.0.2",
                "1 | 10.0.0.1:4711                | 10.0.0.1",
                "1 | 2001:db8::1                  | 2001:db8:0:0:0:0:0:1",
                "1 | [2001:db8::1]:443            | 2001:db8:0:0:0:0:0:1",
                "1 | fe80::1%eth0                 | fe80:0:0:0:0:0:0:1",
                "1 | ::ffff:10.0.0.9              | 10.0.0.9"
            })
    void takesFirstOfTheLastEntries(int proxies, String field, String client) throws Exception {
        assertThat(ClientAddress.forwarded(List.of(field), proxies).getHostAddress())
                .isEqualTo(client);
    }

    @Test
    void joinsFieldsInTheirOrder() throws Exception {
        assertThat(ClientAddress.forwarded(List.of("10.0.0.1, 10.0.0.2", "10.0.0.3"), 2)
                        .getHostAddress())
                .isEqualTo("10.0.0.2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "10.0.0.1,",
                "localhost",
                "unknown",
                "10.0.0",
                "10.0.0.256",
                "010.0.0.1",
                "1",
                "::g",
                ":",
                "::1::",
                "[::1",
                "[]",
                "1.2.3.4.5",
                "_hidden",
                "-1.0.0.0"
            })
    void refusesWhatIsNoAddress(String field) {
        assertThatThrownBy(() -> ClientAddress.forwarded(List.of(field), 1)).isInstanceOf(BadRequestException.class);
    }

    @Test
    void dropsZoneOfPeer() throws Exception {
        byte[] octets = InetAddress.getByName("fe80::1").getAddress();
        InetAddress zoned = Inet6Address.getByAddress(null, octets, 3);
        assertThat(ClientAddress.peer(new InetSocketAddress(zoned, 1)).getHostAddress())
                .isEqualTo("fe80:0:0:0:0:0:0:1");
    }

    @Test
    void believesProxiesOnlyWhenToldTo() throws IOException {
        try (LiveServer live = new LiveServer(LiveServer.options(0));
                RawPhone phone = live.phone()) {
            phone.get("/a", "X-Forwarded-For: 10.0.0.1").reply();
            assertThat(live.core.last.client().getHostAddress()).isEqualTo("127.0.0.1");
        }
        try (LiveServer live = new LiveServer(LiveServer.options(1));
                RawPhone phone = live.phone()) {
            assertThat(phone.get("/a", "X-Forwarded-For: 10.0.0.1").reply().status())
                    .isEqualTo(404);
            assertThat(live.core.last.client().getHostAddress()).isEqualTo("10.0.0.1");
            assertThat(phone.get("/a").reply().status()).isEqualTo(400);
            assertThat(phone.get("/a", "X-Forwarded-For: me").reply().status()).isEqualTo(400);
        }
    }
}
