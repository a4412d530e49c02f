// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.autoprov.zoo.family.Family;
import org.autoprov.zoo.family.FamilyException;
import org.autoprov.zoo.family.FamilyReader;

/** The real descriptions of the vendor bundles, and files as a server would send them. */
public final class VendorFiles {

    public static final String YEALINK_ACCOUNT = """
            #!version:1.0.0.1
            # a comment
            static.auto_provision.server.url = BASE/
            static.firmware.url = BASE/firmware/T54W.rom
            account.1.enable = 1
            account.1.label = Ada
            account.1.auth_name = ada-auth
            account.1.user_name = ada
            account.1.password = s3cret=x
            account.1.sip_server.1.address = sip.example.org
            account.1.sip_server.1.port = 5070
            account.1.sip_server.1.transport_type = 1
            account.2.enable = 0
            account.2.user_name = %NULL%
            """;

    public static final String SNOM_POINTER = """
            <?xml version="1.0" encoding="UTF-8"?>
            <setting-files><file url="BASE/snom-general.xml"/><file url="BASE/snomD785.xml"/></setting-files>
            """;

    public static final String SNOM_GENERAL = """
            <?xml version="1.0" encoding="UTF-8"?>
            <settings><phone-settings>
              <auto_reboot_on_setting_change perm="R">on</auto_reboot_on_setting_change>
              <user_active idx="1" perm="R">off</user_active><user_active idx="2" perm="R">off</user_active>
            </phone-settings></settings>
            """;

    public static final String SNOM_MODEL = """
            <?xml version="1.0" encoding="UTF-8"?>
            <settings><phone-settings>
              <firmware_status perm="R">BASE/snomD785-firmware.xml</firmware_status>
            </phone-settings></settings>
            """;

    public static final String SNOM_FIRMWARE =
            "<firmware-settings><firmware>BASE/firmware/snomD785.bin?mac={mac}</firmware></firmware-settings>";

    public static final String SNOM_ACCOUNT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <settings><phone-settings>
              <user_active idx="1" perm="R">on</user_active>
              <user_realname idx="1" perm="R">Ada &amp; Co</user_realname>
              <user_host idx="1" perm="R">sip.example.org</user_host>
              <user_outbound idx="1" perm="R">proxy.example.org:5071;transport=tls</user_outbound>
              <user_name idx="1" perm="R">ada</user_name>
              <user_pname idx="1" perm="R">ada-auth</user_pname>
              <user_pass idx="1" perm="R">s3cret</user_pass>
            </phone-settings></settings>
            """;

    /** A family that boots over TFTP. */
    public static final String TFTP_FAMILY = """
            { "schema": 1, "family": "sep", "ouis": ["001122"],
              "formats": { "cnf": { "type": "key-value", "follow": [ { "setting": "next", "format": "cnf" } ] } },
              "profiles": {
                "sip": { "userAgent": "SEP {model}", "transport": "tftp",
                         "steps": [ { "get": "CTL.tlv" }, { "get": "SEP{MAC}.cnf", "format": "cnf" },
                                    { "put": "SEP{MAC}.log" } ],
                         "accounts": { "last": 1, "user": "user{n}", "password": "password{n}",
                                       "server": "server{n}" } } },
              "models": { "7960": { "profile": "sip", "firmware": "8.12" } } }
            """;

    private VendorFiles() {}

    public static String description(String family) {
        try {
            return Files.readString(Path.of("../plugins", family, "src/main/resources/AUTOPROV-INF/zoo.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Family family(String name) {
        try {
            return FamilyReader.read(description(name));
        } catch (FamilyException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A vendor bundle that holds nothing but a description. */
    public static Path jar(Path folder, String name, String description) {
        Path jar = folder.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new ZipEntry("AUTOPROV-INF/zoo.json"));
            out.write(description.getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }
}
