// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The demo against a launcher that only pretends: a script, and a server with canned files. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher of this test is a script for a POSIX shell")
class DemoTest {

    private static final String LAUNCHER = """
            #!/bin/sh
            command=$1; data=$3; shift 3
            case $command in
            run)
                case "$*" in *sip.pnp*) echo "autoprov: unknown setting sip.pnp" >&2; exit 64 ;; esac
                echo "$$ $data" > HOME/server
                mkdir -p "$data/run"
                echo '{"pid":1,"phonesHttp":"URL"}' > "$data/run/endpoints.json"
                exec sleep 60 ;;
            shell)
                echo "$*" >> HOME/commands
                case $1 in
                line) echo "added line 0a1b2c3d-111111"; echo "code 123456"; echo "$8" > HOME/password ;;
                associate) [ "$3" = 123456 ] || exit 1; touch HOME/tied ;;
                install) [ "$2" = yealink ] || exit 1 ;;
                esac ;;
            esac
            """;

    private final ProvisioningServer server = new ProvisioningServer();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path home;

    @AfterEach
    void stop() {
        server.close();
    }

    private int demo(String launcher, String... options) throws IOException {
        Files.createDirectories(home.resolve("repository"));
        VendorFiles.jar(home.resolve("repository"), "yealink.jar", VendorFiles.description("yealink"));
        Path script = home.resolve("autoprov");
        Files.writeString(script, launcher.replace("HOME", home.toString()).replace("URL", server.url()));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        List<String> arguments = new ArrayList<>(List.of("--home", home.toString(), "--java", "java"));
        arguments.addAll(List.of(options));
        return Demo.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String account(String user, String password) {
        return VendorFiles.YEALINK_ACCOUNT
                .replace("user_name = ada", "user_name = " + user)
                .replace("s3cret=x", password);
    }

    private String file(String path, String lineUser) {
        if (!path.matches("/805ec0[0-9a-f]{6}\\.cfg")) {
            return null;
        }
        try {
            return Files.exists(home.resolve("tied"))
                    ? account(
                            lineUser, Files.readString(home.resolve("password")).strip())
                    : account("ap-onboarding", "x");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void endsWithTheAccountOfTheLineAndLeavesNothingBehind() throws Exception {
        server.otherwise(path -> file(path, "demo101"));

        assertThat(demo(LAUNCHER)).as("%s%s", out, err).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("ap-onboarding", "code is 123456", "demo101", "done in ");
        String[] child = Files.readString(home.resolve("server")).strip().split(" ");
        assertThat(ProcessHandle.of(Long.parseLong(child[0])).filter(ProcessHandle::isAlive))
                .isEmpty();
        assertThat(Path.of(child[1])).doesNotExist();
        assertThat(Files.readAllLines(home.resolve("commands"))).first().isEqualTo("install yealink");
    }

    @Test
    void aFamilyThatBootsOverTftpFindsTheServersPort() throws Exception {
        try (ScriptedTftpServer tftp = new ScriptedTftpServer()) {
            tftp.otherwise(name -> name.endsWith(".cnf") ? sepFile() : null);
            Files.createDirectories(home.resolve("repository"));
            VendorFiles.jar(home.resolve("repository"), "sep.jar", VendorFiles.TFTP_FAMILY);
            String launcher = LAUNCHER.replace(
                            "\"phonesHttp\"", "\"tftp\":\"udp://0.0.0.0:" + tftp.port() + "\",\"phonesHttp\"")
                    .replace("= yealink", "= sep");

            assertThat(demo(launcher, "--family", "sep", "--model", "7960"))
                    .as("%s%s", out, err)
                    .isZero();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("TFTP RRQ SEP001122", "demo101");
    }

    private String sepFile() {
        try {
            boolean tied = Files.exists(home.resolve("tied"));
            String password = tied ? Files.readString(home.resolve("password")).strip() : "x";
            return "user1 = " + (tied ? "demo101" : "ap-onboarding") + "\npassword1 = " + password
                    + "\nserver1 = sip.example.org\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anotherAccountThanTheLinesFails() throws Exception {
        server.otherwise(path -> file(path, "somebody"));

        assertThat(demo(LAUNCHER)).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("this is not the line's account", "FAILED in ");
    }

    @Test
    void aPhoneWithoutAConfigurationFails() throws Exception {
        assertThat(demo(LAUNCHER)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("demo: the phone has no usable configuration: no account");
    }

    @Test
    void aServerThatDoesNotStartIsQuoted() throws Exception {
        assertThat(demo("#!/bin/sh\necho 'autoprov: disk full'\nexit 69\n")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("the server ended with status 69", "disk full");
    }

    @Test
    void aCommandThatFailsIsQuoted() throws Exception {
        String failing = LAUNCHER.replace("[ \"$2\" = yealink ] || exit 1", "echo no such family; exit 1");
        assertThat(demo(failing)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("`install` ended with status 1: no such family");
    }

    @Test
    void wrongUsageIsStatus64() {
        int status = Demo.run(List.of("--home", home.toString()), new PrintStream(out), new PrintStream(err));
        assertThat(status).isEqualTo(64);
    }

    @Test
    void findsTheCodeInVariousWording() throws IOException {
        assertThat(Demo.code("added line 111111-2\ncode 123456\n")).isEqualTo("123456");
        assertThat(Demo.code("Code: 654321")).isEqualTo("654321");
        assertThat(Demo.code("line 1 dial 222333")).isEqualTo("222333");
        assertThatThrownBy(() -> Demo.code("nothing 1234567")).isInstanceOf(IOException.class);
    }
}
