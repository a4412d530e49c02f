// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that decide who is let in. */
class AccessIT {

    @TempDir
    Path folder;

    @Test
    void asksForATenantsKey() throws Exception {
        try (ServerProcess server = ServerProcess.in(folder.resolve("data"))
                .set("phones.http.auth=url_key", "plugins.preinstall=yealink")
                .ready()) {
            server.shell("tenant", "key", "master", "key-of-master").ok();
            try (Phone phone = Phone.yealink(server.phones(), 1, "127.0.0.1")) {
                String file = phone.mac() + ".cfg";
                assertThat(phone.get("/" + file).status()).isEqualTo(404);
                assertThat(phone.get("/key-of-maste/" + file).status()).isEqualTo(404);
                assertThat(server.shell("devices").ok()).contains("no such device");
                Phone.Reply own = phone.get("/key-of-master/" + file);
                assertThat(own.status()).isEqualTo(200);
                assertThat(own.body()).contains("/key-of-master");
            }
            Program.Result boot = Program.autoprov(
                    "zoo",
                    "boot",
                    "--model",
                    "T54W",
                    "--mac",
                    "805ec0000001",
                    "--url",
                    server.phones() + "/key-of-master/");
            assertThat(boot.status()).as(boot.out() + boot.err()).isZero();
            assertThat(server.log()).doesNotContain("key-of-master");
        }
    }

    @Test
    void addsNobodyWhenTheRetrieverIsSecure() throws Exception {
        try (ServerProcess server = ServerProcess.in(folder.resolve("data"))
                .set("identification.retriever=secure", "identification.updater=secure", "plugins.preinstall=yealink")
                .ready()) {
            try (Phone phone = Phone.yealink(server.phones(), 1, "127.0.0.1")) {
                assertThat(phone.get("/" + phone.mac() + ".cfg").status()).isEqualTo(404);
            }
            assertThat(server.shell("devices").ok()).contains("no such device");
        }
    }
}
