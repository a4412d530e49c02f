// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.autoprov.zoo.family.Families;
import org.autoprov.zoo.family.Family;
import org.autoprov.zoo.family.FamilyException;
import org.autoprov.zoo.family.Model;
import org.autoprov.zoo.family.Transport;
import org.autoprov.zoo.phone.Origins;
import org.autoprov.zoo.phone.Protocol;
import org.autoprov.zoo.phone.Target;

/**
 * The command {@code zoo}: simulated phones on the command line. Plain Java, outside the framework.
 *
 * <p>Exit status: 0 all is well, 1 a phone has no usable configuration or the server misbehaved, 64 wrong usage.
 */
public final class Zoo {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 64;

    private static final String HELP = """
            zoo boot --model MODEL [--vendor FAMILY] [--mac MAC] [--count N] [--url URL] [--tftp HOST[:PORT]]
                     [--families DIR[,DIR]] [--concurrency C] [--source ADDRESS] [--timeout SECONDS] [--realtime]
                     [--over http|tftp] [--loss PERCENT] [--json] [--verbose] [--show-secrets]
                boots simulated phones; --count takes consecutive MAC addresses
            zoo models [--families DIR[,DIR]]
                lists the models that the vendor bundles in these folders describe
            zoo misbehave [--url URL] [--tftp HOST[:PORT]]
                sends what no sane phone sends and checks that the server bears it
            The URL defaults to http://127.0.0.1:8667/, the TFTP server of `boot` to port 6969 of its host.""";

    private static final String URL = "http://127.0.0.1:8667/";

    private Zoo() {}

    /**
     * Runs a command and ends the process with its status.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        PrintStream out =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), out, System.err));
    }

    /**
     * Runs a command.
     *
     * @param arguments the command line
     * @param out for what was asked
     * @param err for what was wrong
     * @return the exit status
     */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            String command = arguments.isEmpty() ? "" : arguments.get(0);
            List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
            return switch (command) {
                case "boot" -> BootCommand.of(rest, out).run();
                case "models" -> models(new Options(rest, Set.of("--families"), Set.of()), out);
                case "misbehave" -> misbehave(new Options(rest, Set.of("--url", "--tftp"), Set.of()), out);
                case "help", "--help", "-h" -> {
                    out.println(HELP);
                    yield OK;
                }
                case "" -> throw new UsageException("say boot, models or misbehave (`zoo help` tells more)");
                default -> throw new UsageException("unknown command: " + command + " (`zoo help` lists them)");
            };
        } catch (UsageException e) {
            err.println("zoo: " + e.getMessage());
            return USAGE;
        } catch (FamilyException e) {
            err.println("zoo: " + e.getMessage());
            return USAGE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            err.println("zoo: interrupted");
            return FAILED;
        }
    }

    static Target url(Options options) throws UsageException {
        String url = options.text("--url").orElse(URL);
        Optional<Target> target = Target.of(url).filter(usable -> usable.protocol() != Protocol.TFTP);
        if (target.isEmpty()) {
            throw new UsageException("--url is no usable http or https URL");
        }
        return target.get();
    }

    /** Where DHCP would send phones that boot over TFTP, if it was said. */
    static Optional<Target> tftp(Options options) throws UsageException {
        Optional<String> server = options.text("--tftp");
        if (server.isEmpty()) {
            return Optional.empty();
        }
        String port = server.get().matches("(?s).*:[0-9]+") ? "" : ":" + Origins.TFTP_PORT;
        Optional<Target> target = Target.of("tftp://" + server.get() + port)
                .filter(usable -> usable.path().isEmpty());
        if (target.isEmpty() || target.get().credentials().isPresent()) {
            throw new UsageException("--tftp is not HOST or HOST:PORT: " + Report.printable(server.get()));
        }
        return target;
    }

    private static int models(Options options, PrintStream out) throws FamilyException, UsageException {
        Map<String, Family> families = Families.in(options.families()).byName();
        if (families.isEmpty()) {
            throw new UsageException("no vendor bundle describes phones in " + options.families());
        }
        for (Family family : families.values()) {
            for (Model model : family.models().values()) {
                out.printf(
                        "%-12s %-16s firmware %-14s profile %-12s over %s%n",
                        family.name(),
                        model.name(),
                        model.firmware(),
                        model.profile(),
                        family.profile(model).transports().stream()
                                .map(Transport::word)
                                .collect(Collectors.joining(" and ")));
            }
        }
        return OK;
    }

    private static int misbehave(Options options, PrintStream out) throws UsageException, InterruptedException {
        Optional<Target> tftp = tftp(options);
        boolean borne = options.has("--tftp") && !options.has("--url") || new Misbehaviour(url(options), out).run();
        if (tftp.isPresent()) {
            borne &= new TftpMisbehaviour(tftp.get(), out).run();
        }
        return borne ? OK : FAILED;
    }
}
