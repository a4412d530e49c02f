// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.plugin.FamilyFiles;
import org.autoprov.core.plugin.FirmwareLine;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.plugin.TemplateGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VendorTestKitTest {

    private static final Device PHONE = Device.create("d")
            .mac(MacAddress.parse("001122334455").orElseThrow())
            .vendor("Acme")
            .model("A10")
            .build();

    @TempDir
    Path folder;

    @Test
    void generatesAndChooses() throws Exception {
        VendorTestKit kit = kit("user=${lines[0].name}\n");
        PhoneConfig config = VendorTestKit.config("{\"sip_lines\":{\"1\":{\"username\":\"u\"}}}", 2026);
        assertThat(kit.generate("acme-v1", PHONE, config, "001122334455.xml")).isEqualTo("user=u\n");
        assertThat(kit.best(DeviceInfo.NOTHING.withVendor("Acme").withVersion("1.5")))
                .isEqualTo("acme-v1");
        assertThat(kit.best(DeviceInfo.NOTHING.withVendor("Acme"))).isEqualTo("acme-v2");
        assertThat(kit.best(DeviceInfo.NOTHING.withVendor("Other"))).isNull();
        assertThat(kit.identify(VendorTestKit.http("/a", "Acme")).vendor()).isEqualTo("Acme");
    }

    @Test
    void goldenCasesNameTheFirstDifferingLine() throws Exception {
        VendorTestKit kit = kit("<a>\n<b>${lines[0].name}</b></a>\n");
        Path golden = folder.resolve("golden");
        Files.createDirectories(golden);
        assertThatThrownBy(() -> kit.checkGolden(golden)).hasMessageContaining("no golden case");
        Files.writeString(golden.resolve("one.json"), """
                {"plugin":"acme-v1","device":{"mac":"00:11:22:33:44:55","vendor":"Acme","model":"A10"},
                 "year":2026,"raw_config":{"sip_lines":{"1":{"username":"u"}}}}""");
        assertThatThrownBy(() -> kit.checkGolden(golden)).hasMessageContaining("is missing");
        new GoldenCases(kit, golden).check(true);
        assertThatCode(() -> kit.checkGolden(golden)).doesNotThrowAnyException();
        Files.writeString(golden.resolve("one/001122334455.xml"), "<a>\n<b>v</b></a>\n");
        assertThatThrownBy(() -> kit.checkGolden(golden)).hasMessageContaining("differs in line 2");
    }

    @Test
    void goldenXmlMustBeWellFormed() throws Exception {
        VendorTestKit kit = kit("<a>\n");
        Path golden = folder.resolve("golden");
        Files.createDirectories(golden);
        Files.writeString(golden.resolve("one.json"), """
                {"plugin":"acme-v1","device":{"mac":"00:11:22:33:44:55"},"raw_config":{}}""");
        assertThatThrownBy(() -> new GoldenCases(kit, golden).check(true)).hasMessageContaining("not well-formed");
    }

    @Test
    void hostileValuesAreCaught() throws Exception {
        kit("<a b=\"${lines[0].name}\">${lines[0].name}</a>").hostileValuesAddNoLine("acme-v1", PHONE);
        VendorTestKit careless = kit("<a><#list lines[0].name?split('\\n') as x><b>${x}</b>\n</#list></a>");
        assertThatThrownBy(() -> careless.hostileValuesAddNoLine("acme-v1", PHONE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("sip_lines.1.");
    }

    private VendorTestKit kit(String template) throws IOException {
        Files.createDirectories(folder.resolve("AUTOPROV-INF/templates"));
        Files.writeString(folder.resolve("AUTOPROV-INF/templates/phone.xml.ftl"), template);
        Files.writeString(folder.resolve("AUTOPROV-INF/plugin.json"), """
                {"schema":1,"family":"acme","vendor":"Acme","quality":"documented",
                 "identify":[{"from":"userAgent","pattern":"^Acme"}],
                 "files":[{"name":"{mac}.xml","template":"phone.xml.ftl"}],
                 "models":{"A10":{"type":"deskphone","lines":2}},
                 "plugins":[{"id":"acme-v1","version":"1","description":"One","firmware":"1\\\\.","models":"*"},
                            {"id":"acme-v2","version":"2","description":"Two","firmware":"2\\\\.","models":"*"}]}""");
        return VendorTestKit.of(this::resource, null, FamilyFiles::identifier, Acme::new);
    }

    private URL resource(String path) {
        try {
            Path file = folder.resolve(path);
            return Files.exists(file) ? file.toUri().toURL() : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Acme extends TemplateGenerator {
        Acme(FamilyFiles files, FirmwareLine line) {
            super(files, line);
        }

        @Override
        protected Map<String, Object> model(PhoneFile file, Device device, PhoneConfig config) {
            return Map.of(
                    "lines",
                    config.lines().stream()
                            .map(line -> Map.of("name", line.displayName()))
                            .toList());
        }
    }
}
