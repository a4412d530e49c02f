// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.autoprov.core.device.MacAddress;
import org.autoprov.zoo.family.Families;
import org.autoprov.zoo.family.FamilyException;
import org.autoprov.zoo.family.Transport;
import org.autoprov.zoo.phone.BootResult;
import org.autoprov.zoo.phone.Origins;
import org.autoprov.zoo.phone.SimulatedPhone;
import org.autoprov.zoo.phone.Surroundings;
import org.autoprov.zoo.phone.Target;

/**
 * {@code zoo boot}: boots phones side by side.
 *
 * @param found the model and its family
 * @param first MAC of the first phone; the others follow on
 * @param count number of phones
 * @param concurrency how many boot at the same time
 * @param origins where they were told to ask
 * @param surroundings what is around them
 * @param report where results go
 */
record BootCommand(
        Families.Found found,
        MacAddress first,
        int count,
        int concurrency,
        Origins origins,
        Surroundings surroundings,
        Report report) {

    private static final int MAX_COUNT = 1 << 20;
    /** Simulated phones wait a thousandth of what real ones do. */
    private static final double FAST = 0.001;

    static BootCommand of(List<String> arguments, PrintStream out) throws UsageException, FamilyException {
        Options options = new Options(
                arguments,
                Set.of(
                        "--model",
                        "--vendor",
                        "--mac",
                        "--count",
                        "--url",
                        "--tftp",
                        "--families",
                        "--concurrency",
                        "--source",
                        "--loss",
                        "--over",
                        "--timeout"),
                Set.of("--json", "--realtime", "--show-secrets", "--verbose"));
        String model = options.needed("--model");
        int count = options.number("--count", 1, 1, MAX_COUNT);
        int concurrency = options.number("--concurrency", 16, 1, 2000);
        Surroundings surroundings = new Surroundings(
                source(options),
                options.number("--timeout", 15, 1, 600) * 1000,
                options.has("--realtime") ? 1 : FAST,
                options.number("--loss", 0, 0, 90) / 100.0,
                over(options));
        Origins origins = origins(Zoo.url(options), options);
        Families families = Families.in(options.families());
        if (families.byName().isEmpty()) {
            throw new UsageException("no vendor bundle describes phones in " + options.families());
        }
        Families.Found found = families.find(model, options.text("--vendor"));
        Report report = new Report(
                out,
                found.model().name(),
                options.has("--json"),
                count <= 20 || options.has("--verbose"),
                options.has("--show-secrets"));
        return new BootCommand(
                found, mac(options, found.model().oui(), count), count, concurrency, origins, surroundings, report);
    }

    private static Optional<Transport> over(Options options) throws UsageException {
        Optional<String> text = options.text("--over");
        if (text.isPresent() && !text.get().matches("http|tftp")) {
            throw new UsageException("--over is neither http nor tftp: " + text.get());
        }
        return text.map(word -> Transport.valueOf(word.toUpperCase(Locale.ROOT)));
    }

    private static Origins origins(Target url, Options options) throws UsageException {
        Optional<Target> tftp = Zoo.tftp(options);
        return tftp.map(target -> new Origins(url, target)).orElseGet(() -> Origins.of(url));
    }

    private static Optional<InetAddress> source(Options options) throws UsageException {
        Optional<String> text = options.text("--source");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (text.get().matches("[0-9.]+|[0-9a-fA-F:.%]*:[0-9a-zA-Z:.%]*")) { // an address: no name is looked up
                return Optional.of(InetAddress.getByName(text.get()));
            }
        } catch (UnknownHostException e) {
            // said below
        }
        throw new UsageException("--source is not an IP address: " + text.get());
    }

    private static MacAddress mac(Options options, String oui, int count) throws UsageException {
        Optional<String> text = options.text("--mac");
        if (text.isEmpty()) {
            long start = ThreadLocalRandom.current().nextLong(1, (1L << 24) - count);
            return new MacAddress(Long.parseLong(oui, 16) << 24 | start);
        }
        MacAddress mac = MacAddress.parse(text.get())
                .orElseThrow(() -> new UsageException("--mac is not a MAC address: " + text.get()));
        if (mac.bits() + count > 1L << 48) {
            throw new UsageException("--count goes past the last MAC address");
        }
        return mac;
    }

    /** Boots them all; the exit status. */
    int run() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(concurrency, count));
        try {
            for (int i = 0; i < count; i++) {
                MacAddress mac = new MacAddress(first.bits() + i);
                threads.execute(() -> boot(mac));
            }
            threads.shutdown();
            while (!threads.awaitTermination(1, TimeUnit.HOURS)) {
                continue; // in real time, many phones take their time
            }
        } finally {
            threads.shutdownNow();
        }
        report.summary();
        return report.failures() == 0 && report.phones() == count ? Zoo.OK : Zoo.FAILED;
    }

    private void boot(MacAddress mac) {
        try {
            SimulatedPhone phone = new SimulatedPhone(found.family(), found.model(), mac, origins, surroundings);
            BootResult result = phone.boot(exchange -> report.exchange(mac, exchange));
            report.result(mac, result);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the command was; this phone counts as not booted
        }
    }
}
