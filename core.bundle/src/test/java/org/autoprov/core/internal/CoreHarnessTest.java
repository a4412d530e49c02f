// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.autoprov.core.request.PhoneReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreHarnessTest {

    @TempDir
    Path folder;

    @Test
    void newPhoneGetsItsOnboardingAccountInItsFirstRequest() {
        try (CoreHarness core = CoreHarness.in(folder)) {
            CoreHarness.Phone phone = core.phone(7);
            PhoneReply reply = phone.boot();
            assertThat(reply.status()).isEqualTo(PhoneReply.Status.SERVED);
            assertThat(phone.device().configured()).isTrue();
            assertThat(phone.device().plugin()).isEqualTo("acme-2");
            assertThat(CoreHarness.text(reply)).containsPattern("line.1=ap\\w{14}:\\w{20}@198.51.100.1:5065");
        }
    }
}
