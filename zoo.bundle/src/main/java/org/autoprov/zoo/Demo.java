// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autoprov.core.device.MacAddress;
import org.autoprov.zoo.family.Families;
import org.autoprov.zoo.family.FamilyException;
import org.autoprov.zoo.phone.Account;
import org.autoprov.zoo.phone.BootResult;
import org.autoprov.zoo.phone.Origins;
import org.autoprov.zoo.phone.SimulatedPhone;
import org.autoprov.zoo.phone.Surroundings;
import org.autoprov.zoo.phone.Target;

/**
 * The command {@code demo}: the whole promise in one go, on a server of its own. Exit status 0 only when the phone
 * ends with its line's account.
 */
public final class Demo {

    private static final String USER = "demo101";
    private static final Pattern CODE = Pattern.compile("(?i)code\\D{0,40}?\\b([0-9]{6})\\b");
    private static final Pattern SIX_DIGITS = Pattern.compile("(?<![0-9])([0-9]{6})(?![0-9])");
    private static final int TIMEOUT_MILLIS = 10_000;

    private final PrintStream out;
    private final long start = System.nanoTime();
    private long stepStart = start;

    private Demo(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs the demo and ends the process with its status.
     *
     * @param arguments {@code --home DIST_DIR --java JAVA [--family yealink] [--model T54W] [--families DIR[,DIR]]}
     */
    public static void main(String[] arguments) {
        PrintStream out =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            Options options =
                    new Options(arguments, Set.of("--home", "--java", "--family", "--model", "--families"), Set.of());
            Path home = Path.of(options.needed("--home"));
            if (!Files.isExecutable(home.resolve("autoprov"))) {
                throw new UsageException("--home holds no launcher autoprov: " + home);
            }
            Path java = options.text("--java")
                    .map(Path::of)
                    .orElse(Path.of(System.getProperty("java.home"), "bin", "java"));
            List<Path> folders = options.has("--families")
                    ? options.families()
                    : List.of(home.resolve("repository"), home.resolve("plugins"));
            Families.Found found = Families.in(folders)
                    .find(
                            options.text("--model").orElse("T54W"),
                            Optional.of(options.text("--family").orElse("yealink")));
            return new Demo(out).play(home, java, found) ? Zoo.OK : Zoo.FAILED;
        } catch (UsageException | FamilyException e) {
            err.println("demo: " + e.getMessage());
            return Zoo.USAGE;
        } catch (IOException e) {
            err.println("demo: " + e.getMessage());
            return Zoo.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            err.println("demo: interrupted");
            return Zoo.FAILED;
        }
    }

    private boolean play(Path home, Path java, Families.Found found) throws IOException, InterruptedException {
        DemoServer server = new DemoServer(home, java);
        Thread atExit = new Thread(server::close); // also after Ctrl-C no server and no folder stay behind
        Runtime.getRuntime().addShutdownHook(atExit);
        boolean right;
        try (server) {
            right = play(server, found);
        }
        Runtime.getRuntime().removeShutdownHook(atExit);
        tell("the server is stopped and its folder deleted");
        out.printf(Locale.ROOT, "%s in %.1f s%n", right ? "done" : "FAILED", (System.nanoTime() - start) / 1e9);
        return right;
    }

    private boolean play(DemoServer server, Families.Found found) throws IOException, InterruptedException {
        String url = server.start();
        tell("a server on an empty folder listens at " + url);
        String family = found.family().name();
        server.shell("install", family);
        tell("the family " + family + " is installed, live");

        long oui = Long.parseLong(found.model().oui(), 16);
        MacAddress mac = new MacAddress(oui << 24 | new SecureRandom().nextInt(1 << 24));
        Target http = Target.of(url).orElseThrow(() -> new IOException("the server says an unusable address: " + url));
        Origins origins = server.tftp()
                .flatMap(Target::of)
                .map(tftp -> new Origins(http, tftp))
                .orElseGet(() -> Origins.of(http));
        SimulatedPhone phone = new SimulatedPhone(
                found.family(), found.model(), mac, origins, new Surroundings(Optional.empty(), TIMEOUT_MILLIS, 0.001));
        Account first = boot(
                phone, "a " + found.model().name() + " is unpacked, " + mac + ", and registers the onboarding account");

        String password = Long.toString(new SecureRandom().nextLong(1L << 40, 1L << 50), 36);
        server.shell("tenant", "add", "demo");
        String code = code(server.shell(
                "line",
                "add",
                "--tenant",
                "demo",
                "--user",
                USER,
                "--password",
                password,
                "--name",
                "Ada Demo",
                "--number",
                "101",
                "--proxy",
                "127.0.0.1:5060"));
        tell("a tenant has a line 101 for Ada, its code is " + code);
        server.shell("associate", mac.toString(), code);
        tell("the code is dialled on the phone");

        Account second = boot(phone, "the phone restarts and registers");
        boolean right = second.user().equals(USER)
                && second.password().equals(password)
                && !first.user().equals(second.user());
        if (!right) {
            out.println("        this is not the line's account, which is " + USER);
        }
        return right;
    }

    private Account boot(SimulatedPhone phone, String story) throws IOException, InterruptedException {
        BootResult result = phone.boot(exchange -> out.println("        " + Report.line(phone.mac(), exchange)));
        if (!result.usable()) {
            throw new IOException("the phone has no usable configuration: "
                    + Report.printable(result.failure().orElse("")));
        }
        Account account = result.accounts().get(0);
        tell(story + " " + Report.describe(account, false));
        return account;
    }

    static String code(String said) throws IOException {
        for (Pattern pattern : List.of(CODE, SIX_DIGITS)) {
            Matcher matcher = pattern.matcher(said);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        throw new IOException("`line add` printed no code");
    }

    private void tell(String what) {
        long now = System.nanoTime();
        out.printf("%7s %s%n", Report.time((now - stepStart) / 1e6), what);
        stepStart = now;
    }
}
