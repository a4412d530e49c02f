// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;

/** The plugin.json of a stranger's bundle: refused with its place, or rules that can be applied. */
final class DescriptorReaderFuzzTest {

    private static final PhoneRequest REQUEST = PhoneRequest.from(Protocol.HTTP, InetAddress.getLoopbackAddress())
            .path("001122334455.cfg")
            .header("User-Agent", "Acme A10 4.2 001122334455")
            .query(Map.of("mac", "001122334455"))
            .build();

    @FuzzTest
    void descriptorIsRefusedOrUsable(byte[] octets) {
        Descriptor descriptor;
        try {
            descriptor = DescriptorReader.read(new String(octets, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).startsWith(Descriptor.FILE + ": ");
            return;
        }
        assertThat(descriptor.lines()).isNotEmpty();
        for (IdentifyRule rule : descriptor.rules()) {
            assertThat(rule.apply(REQUEST, DeviceInfo.NOTHING)).isNotNull();
        }
    }
}
