// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.0.3",
                "0.0.0.0",
                "0.1.2.3",
                "169.254.169.254",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1"
            })
    void refusesWhatOnlyThisMachineKnows(String address) throws Exception {
        assertThat(WebhookAddress.isInternal(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.7",
                "10.0.0.7",
                "172.16.0.1",
                "2001:db8::1",
                "fd00::1",
                "64:ff9b::c000:207",
                "2002:c000:207::"
            })
    void letsOthersThrough(String address) throws Exception {
        assertThat(WebhookAddress.isInternal(InetAddress.getByName(address))).isFalse();
    }
}
