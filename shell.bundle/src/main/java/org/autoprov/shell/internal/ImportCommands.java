// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.autoprov.core.service.ImportReport;
import org.autoprov.core.service.ImportService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Takes over what another server has kept. */
@Component(service = CommandGroup.class)
public final class ImportCommands implements CommandGroup {

    private final ImportService imports;

    @Activate
    public ImportCommands(@Reference ImportService imports) {
        this.imports = imports;
    }

    @Override
    public List<Command> commands() {
        return List.of(new Command(
                "import", "imports the data folder of a wazo-provd", "DIR [--dry-run] [--overwrite]", """
                        DIR is on the server, such as /var/lib/wazo-provd; it is only read. Tenants, provisioning keys,
                        parameters, configs and devices are taken. What is here with other content stays as it is:
                        --overwrite replaces it. --dry-run only says what would happen. A second run takes what was
                        left.""", this::run));
    }

    private void run(Arguments arguments, Screen screen) throws Exception {
        Path folder;
        try {
            folder = Path.of(arguments.get(0));
        } catch (InvalidPathException e) {
            throw new UsageException("import: DIR is no path");
        }
        if (!folder.isAbsolute()) { // the server's own folder is nobody's guess
            throw new UsageException("import: DIR must be an absolute path on the server");
        }
        boolean dryRun = arguments.has("--dry-run");
        ImportReport report = imports.run(GogoSession.ACTOR, folder, dryRun, arguments.has("--overwrite"));
        Table counts = new Table("KIND", ">ADDED", ">REPLACED", ">SAME", ">CONFLICTS", ">REFUSED");
        for (ImportReport.Count c : report.counts()) {
            counts.row(c.kind(), c.added(), c.replaced(), c.same(), c.conflicts(), c.refused());
        }
        counts.print(screen, "");
        if (!report.plugins().isEmpty()) {
            Table plugins = new Table("PLUGIN THERE", "PLUGIN HERE", "AVAILABLE", ">DEVICES");
            for (ImportReport.PluginUse p : report.plugins()) {
                plugins.row(p.legacyId(), p.id(), p.available() ? "yes" : "no", p.devices());
            }
            screen.line("");
            plugins.print(screen, "");
        }
        if (!report.remarks().isEmpty()) {
            screen.line("");
            for (ImportReport.Remark remark : report.remarks()) {
                String key = remark.key().isEmpty() ? "" : " " + remark.key();
                screen.line(word(remark.outcome()) + " " + remark.file() + key + ": " + remark.reason());
            }
            if (report.moreRemarks() > 0) {
                screen.line("and " + Text.count(report.moreRemarks(), "further remark"));
            }
        }
        if (dryRun) {
            screen.line("dry run: nothing was stored");
        }
    }

    private static String word(ImportReport.Outcome outcome) {
        return switch (outcome) {
            case CONFLICT -> "conflict";
            case REFUSED -> "refused";
            case ALTERED -> "note";
        };
    }
}
