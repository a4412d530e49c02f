// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class TftpPropertiesTest {

    @Property(tries = 500)
    void noBytesBreakTheReader(@ForAll @Size(max = 40) byte[] bytes) {
        if (bytes.length > 1) {
            bytes[0] = 0;
            bytes[1] &= 7; // else hardly any is a packet
        }
        try {
            assertThat(Packet.read(bytes).bytes()[1]).isEqualTo(bytes[1]);
        } catch (Packet.Malformed e) {
            assertThat(e).hasMessageStartingWith("a");
        }
    }

    @Property(tries = 300)
    void netAsciiComesBackAsItWent(@ForAll byte[] text) {
        List<String> defects = new ArrayList<>();
        assertThat(NetAscii.decode(NetAscii.encode(text), defects)).isEqualTo(text);
        assertThat(defects).isEmpty();
    }
}
