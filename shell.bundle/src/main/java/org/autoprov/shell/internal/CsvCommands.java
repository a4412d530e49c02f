// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.service.BulkReport;
import org.autoprov.core.service.BulkService;
import org.autoprov.core.service.Caller;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.service.TenantService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Devices and lines as CSV files. */
@Component(service = CommandGroup.class)
public final class CsvCommands implements CommandGroup {

    private static final long LARGEST = 64 << 20;

    private final BulkService bulk;
    private final TenantService tenants;

    @Activate
    public CsvCommands(@Reference BulkService bulk, @Reference TenantService tenants) {
        this.bulk = bulk;
        this.tenants = tenants;
    }

    @Override
    public List<Command> commands() {
        return List.of(new Command(
                "csv",
                "exports or imports devices or lines as a CSV file",
                "export devices|lines [FILE] [--secrets]\nimport devices|lines FILE [--dry-run]",
                """
                FILE is an absolute path on the server; a new one for an export, without it the export is printed. Only with
                --secrets are passwords and codes of lines exported. An import stores all rows or, when one is bad,
                none, and names the bad ones; with --dry-run it only checks.""",
                this::run));
    }

    private Caller caller() {
        Set<String> all = tenants.all().stream().map(Tenant::id).collect(Collectors.toSet());
        return new Caller(GogoSession.ACTOR, tenants.master().id(), all);
    }

    private void run(Arguments arguments, Screen screen) throws Exception {
        boolean devices = arguments.get(0).equals("devices");
        if (arguments.verb().equals("export")) {
            String csv =
                    devices ? bulk.exportDevices(caller()) : bulk.exportLines(caller(), arguments.has("--secrets"));
            export(csv, arguments.get(1), screen);
            return;
        }
        byte[] csv = read(path(arguments.get(1)));
        boolean dryRun = arguments.has("--dry-run");
        report(
                devices ? bulk.importDevices(caller(), csv, dryRun) : bulk.importLines(caller(), csv, dryRun),
                dryRun,
                screen);
    }

    private static void export(String csv, String file, Screen screen) throws Exception {
        if (file == null) {
            for (String line : csv.split("\r\n|\n")) {
                screen.plain(Text.safe(line));
            }
            return;
        }
        Path path = path(file);
        try {
            Files.createFile(path, onlyForUs(path));
            try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.WRITE)) {
                out.write(csv.getBytes(StandardCharsets.UTF_8));
            }
        } catch (FileAlreadyExistsException e) {
            throw new RefusedException(Reason.CONFLICT, path + " exists already", e);
        } catch (IOException e) {
            throw new RefusedException(Reason.UNAVAILABLE, path + " cannot be written", e);
        }
        screen.line("exported to " + path);
    }

    /** It may hold passwords. */
    private static FileAttribute<?>[] onlyForUs(Path path) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static Path path(String text) throws UsageException {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) { // the server's own folder is nobody's guess
                return path;
            }
        } catch (InvalidPathException e) {
            // said below
        }
        throw new UsageException("csv: FILE must be an absolute path on the server");
    }

    private static byte[] read(Path path) throws RefusedException {
        try {
            if (!Files.isRegularFile(path)) {
                throw new RefusedException(Reason.NOT_FOUND, "there is no file " + path);
            }
            if (Files.size(path) > LARGEST) {
                throw new RefusedException(Reason.INVALID, path + " is larger than " + Text.bytes(LARGEST));
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new RefusedException(Reason.UNAVAILABLE, path + " cannot be read", e);
        }
    }

    private static void report(BulkReport report, boolean dryRun, Screen screen) throws Exception {
        for (BulkReport.BadRow bad : report.bad()) {
            String column = bad.column().isEmpty() ? "" : ", " + bad.column();
            screen.line("row " + bad.row() + column + ": " + bad.reason());
        }
        if (report.failed() > report.bad().size()) {
            screen.line("and " + Text.count(report.failed() - report.bad().size(), "further bad row"));
        }
        String counts = Text.count(report.rows(), "row") + ": " + report.created() + " new, " + report.updated()
                + " changed, " + report.unchanged() + " as before, " + report.failed() + " bad";
        if (report.failed() > 0) {
            screen.flush();
            throw new RefusedException(Reason.INVALID, counts + "; nothing was stored");
        }
        screen.line(counts + (dryRun ? "; dry run: nothing was stored" : ""));
    }
}
