// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.autoprov.core.device.MacAddress;
import org.autoprov.zoo.ProvisioningServer;
import org.autoprov.zoo.VendorFiles;
import org.autoprov.zoo.family.Family;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedPhoneTest {

    private static final Surroundings QUICK = new Surroundings(Optional.empty(), 2000, 0.00001);

    private final ProvisioningServer server = new ProvisioningServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private SimulatedPhone phone(String family, String model, String mac) {
        Family known = VendorFiles.family(family);
        return new SimulatedPhone(
                known,
                known.models().get(model),
                MacAddress.parse(mac).orElseThrow(),
                Origins.of(Target.of(server.url()).orElseThrow()),
                QUICK);
    }

    private SimulatedPhone t54w() {
        return phone("yealink", "T54W", "80:5e:c0:00:00:04");
    }

    private SimulatedPhone d785() {
        return phone("snom", "D785", "00:04:13:9a:0b:0c");
    }

    private static BootResult boot(SimulatedPhone phone) throws InterruptedException {
        return phone.boot(exchange -> {});
    }

    @Test
    void yealinkAsksForBootFilesThenCommonThenItsOwn() throws Exception {
        server.file("/805ec0000004.cfg", VendorFiles.YEALINK_ACCOUNT);

        BootResult result = boot(t54w());

        assertThat(server.requests())
                .containsExactly(
                        "GET /805ec0000004.boot",
                        "GET /y000000000000.boot",
                        "GET /y000000000096.cfg",
                        "GET /805ec0000004.cfg");
        assertThat(server.asked().get(0).userAgent()).isEqualTo("Yealink SIP-T54W 96.86.0.45 80:5e:c0:00:00:04");
        assertThat(result.failure()).isEmpty();
        assertThat(result.accounts())
                .containsExactly(
                        new Account(1, "ada", "ada-auth", "s3cret=x", "sip.example.org", "5070", "tcp", "Ada"));
        assertThat(result.firmware()).contains(server.url() + "firmware/T54W.rom");
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void yealinkWithABootFileReadsWhatItIncludesAndNothingElse() throws Exception {
        server.file(
                "/y000000000000.boot",
                "#!version:1.0.0.1\ninclude:config \"y000000000096.cfg\"\n"
                        + "include:config \"BASE/$MAC.cfg\"\noverwrite_mode = 1\n");
        server.file("/805ec0000004.cfg", VendorFiles.YEALINK_ACCOUNT);

        assertThat(boot(t54w()).usable()).isTrue();
        assertThat(server.requests())
                .containsExactly(
                        "GET /805ec0000004.boot",
                        "GET /y000000000000.boot",
                        "GET /y000000000096.cfg",
                        "GET /805ec0000004.cfg");
    }

    @Test
    void anOldYealinkKnowsNoBootFiles() throws Exception {
        boot(phone("yealink", "T28P", "00:15:65:00:00:01"));

        assertThat(server.requests()).containsExactly("GET /y000000000000.cfg", "GET /001565000001.cfg");
    }

    @Test
    void aModelWithoutACommonFileNumberSkipsThatStep() throws Exception {
        boot(phone("yealink", "T57W", "80:5e:c0:00:00:05"));

        assertThat(server.requests())
                .noneMatch(request -> request.contains("{"))
                .hasSize(3);
    }

    @Test
    void yealinkDropsAFileWithoutItsFirstLine() throws Exception {
        server.file("/805ec0000004.cfg", VendorFiles.YEALINK_ACCOUNT.replace("#!version:1.0.0.1", "#!version:2"));

        BootResult result = boot(t54w());

        assertThat(result.failure())
                .contains("no usable account: 805ec0000004.cfg dropped: " + "first line is not #!version:1.0.0.1");
        assertThat(result.accounts()).isEmpty();
    }

    @Test
    void yealinkDectTakesServersFromTemplates() throws Exception {
        server.file(
                "/805e0c000001.cfg",
                "#!version:1.0.0.1\ntemplate.2.sip_server.1.address = sip.example.org\n"
                        + "account.7.enable = 1\naccount.7.user_name = u\naccount.7.password = p\n"
                        + "account.7.sip_server.template = 2\n");

        BootResult result = boot(phone("yealink", "W90DM", "80:5e:0c:00:00:01"));

        assertThat(result.accounts())
                .extracting(Account::number, Account::server, Account::port)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(7, "sip.example.org", "5060"));
    }

    @Test
    void snomFollowsItsListsAndReadsItsOwnFileLast() throws Exception {
        server.file("/snomD785.htm", VendorFiles.SNOM_POINTER)
                .file("/snom-general.xml", VendorFiles.SNOM_GENERAL)
                .file("/snomD785.xml", VendorFiles.SNOM_MODEL)
                .file("/snomD785-firmware.xml", VendorFiles.SNOM_FIRMWARE)
                .file("/snomD785-0004139A0B0C.htm", "<setting-files><file url=\"BASE/{mac}.xml\"/></setting-files>")
                .file("/0004139A0B0C.xml", VendorFiles.SNOM_ACCOUNT);

        BootResult result = boot(d785());

        assertThat(server.requests())
                .containsExactly(
                        "GET /snomD785.htm",
                        "GET /snom-general.xml",
                        "GET /snomD785.xml",
                        "GET /snomD785-firmware.xml",
                        "GET /snomD785-0004139A0B0C.htm",
                        "GET /0004139A0B0C.xml");
        assertThat(server.asked().get(0).userAgent())
                .isEqualTo("Mozilla/4.0 (compatible; snomD785-SIP 10.1.215.13 "
                        + "2010.12-00004-g9ba52f5 0004139A0B0C SXM:0 UXM:0)");
        assertThat(result.failure()).isEmpty();
        assertThat(result.accounts())
                .containsExactly(
                        new Account(1, "ada", "ada-auth", "s3cret", "proxy.example.org", "5071", "tls", "Ada & Co"));
        assertThat(result.firmware()).contains(server.url() + "firmware/snomD785.bin?mac={mac}");
    }

    @Test
    void snomDropsAFileThatIsNotWellFormed() throws Exception {
        server.file("/snomD785-0004139A0B0C.htm", VendorFiles.SNOM_ACCOUNT.replace("</user_name>", "</user>"));

        assertThat(boot(d785()).failure()).get().asString().contains("dropped: not well-formed XML at line");
    }

    @Test
    void snomDropsAFileWithADocumentType() throws Exception {
        server.file(
                "/snomD785-0004139A0B0C.htm",
                "<!DOCTYPE settings [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                        + "<settings><phone-settings><user_name idx=\"1\">&x;</user_name></phone-settings></settings>");

        assertThat(boot(d785()).failure()).get().asString().contains("dropped: not well-formed XML");
    }

    @Test
    void snomDectReadsServersByTheirNumber() throws Exception {
        server.file(
                "/snomM900.htm",
                "<settings><phone-settings e=\"2\">"
                        + "<user_host idx=\"3\">sip.example.org:5062</user_host><user_active idx=\"9\">on</user_active>"
                        + "<user_name idx=\"9\">u</user_name><user_pass idx=\"9\">p</user_pass>"
                        + "<subscr_sip_ua_data_server_id idx=\"9\">3</subscr_sip_ua_data_server_id>"
                        + "</phone-settings></settings>");

        assertThat(boot(phone("snom", "M900", "00:04:13:b6:07:08")).accounts())
                .containsExactly(new Account(9, "u", "u", "p", "sip.example.org", "5062", "udp", ""));
    }

    @Test
    void anAccountWithoutAPasswordIsNotUsable() throws Exception {
        server.file("/805ec0000004.cfg", VendorFiles.YEALINK_ACCOUNT.replace("s3cret=x", "%NULL%"));

        assertThat(boot(t54w()).failure()).contains("no usable account: account 1 has no password");
    }

    @Test
    void aPhoneWithoutAnyFileSaysWhatWasMissing() throws Exception {
        assertThat(boot(t54w()).failure())
                .get()
                .asString()
                .startsWith("no account in what it got (")
                .contains("/805ec0000004.cfg 404");
    }

    @Test
    void aFailingServerIsAskedAgain() throws Exception {
        server.file("/805ec0000004.cfg", VendorFiles.YEALINK_ACCOUNT).failing("/805ec0000004.cfg", 2);

        BootResult result = boot(t54w());

        assertThat(result.usable()).isTrue();
        assertThat(result.exchanges()).extracting(Exchange::status).containsExactly(404, 404, 404, 503, 503, 200);
    }

    @Test
    void aServerThatKeepsFailingEndsTheBoot() throws Exception {
        server.failing("/805ec0000004.boot", 9);

        BootResult result = boot(t54w());

        assertThat(result.failure()).contains("no file from /805ec0000004.boot: status 503");
        assertThat(result.exchanges()).hasSize(3);
    }

    @Test
    void noServerIsAFailureAndNotAnException() throws Exception {
        server.close();

        assertThat(boot(t54w()).failure())
                .get()
                .asString()
                .startsWith("no file from /805ec0000004.boot: no connection to");
    }

    @Test
    void followsRedirectsButNotForEver() throws Exception {
        server.redirect("/805ec0000004.cfg", "/elsewhere.cfg").file("/elsewhere.cfg", VendorFiles.YEALINK_ACCOUNT);
        assertThat(boot(t54w()).usable()).isTrue();

        server.redirect("/elsewhere.cfg", "/805ec0000004.cfg");
        assertThat(boot(t54w()).failure()).contains("redirected more than 5 times from /805ec0000004.cfg");
    }

    @Test
    void aRedirectToNowhereFails() throws Exception {
        server.redirect("/805ec0000004.cfg", "gopher://x/");

        assertThat(boot(t54w()).failure()).contains("redirected to nowhere from /805ec0000004.cfg");
    }

    @Test
    void aDemandForAPasswordIsNamed() throws Exception {
        server.status("/805ec0000004.cfg", 401);

        assertThat(boot(t54w()).failure()).contains("no usable account: /805ec0000004.cfg asks for a password");
    }

    @Test
    void aChunkedAnswerIsReadAndCalledADefect() throws Exception {
        server.file("/805ec0000004.cfg", VendorFiles.YEALINK_ACCOUNT).chunked();

        BootResult result = boot(t54w());

        assertThat(result.usable()).isTrue();
        assertThat(result.warnings()).contains("/805ec0000004.cfg: chunked answer");
    }

    @Test
    void filesThatNameEachOtherEndTheBoot() throws Exception {
        server.file("/snomD785.htm", "<setting-files><file url=\"snomD785.htm\"/></setting-files>");

        assertThat(boot(d785()).failure()).contains("files name each other without end");
    }

    @Test
    void aPhoneRemembersSettingsAndTheNewUrl() throws Exception {
        SimulatedPhone phone = t54w();
        try (ProvisioningServer other = new ProvisioningServer()) {
            server.file("/805ec0000004.cfg", VendorFiles.YEALINK_ACCOUNT.replace("BASE/", other.url() + "key"));
            other.file("/key/805ec0000004.cfg", "#!version:1.0.0.1\naccount.1.user_name = bob\n");

            assertThat(boot(phone).accounts()).extracting(Account::user).containsExactly("ada");
            assertThat(boot(phone).accounts()).extracting(Account::user).containsExactly("bob");
            assertThat(other.requests()).contains("GET /key/805ec0000004.cfg");
        }
    }

    @Test
    void tellsOfEachRequestWhenItIsOver() throws Exception {
        List<Exchange> told = new ArrayList<>();
        server.file("/805ec0000004.cfg", VendorFiles.YEALINK_ACCOUNT);

        BootResult result = t54w().boot(told::add);

        assertThat(told).isEqualTo(result.exchanges());
    }

    @Test
    void comesFromTheSourceAddressItWasGiven() throws Exception {
        Family known = VendorFiles.family("yealink");
        SimulatedPhone phone = new SimulatedPhone(
                known,
                known.models().get("T54W"),
                new MacAddress(0x805ec0000004L),
                Origins.of(Target.of(server.url()).orElseThrow()),
                new Surroundings(Optional.of(java.net.InetAddress.getByName("127.0.0.9")), 2000, 0));

        boot(phone);

        assertThat(server.asked()).extracting(ProvisioningServer.Asked::source).containsOnly("127.0.0.9");
    }
}
