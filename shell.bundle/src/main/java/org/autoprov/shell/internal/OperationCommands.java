// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.OperationService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.service.TrackedOperation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What takes long. */
@Component(service = CommandGroup.class)
public final class OperationCommands implements CommandGroup {

    private final OperationService operations;

    @Activate
    public OperationCommands(@Reference OperationService operations) {
        this.operations = operations;
    }

    @Override
    public List<Command> commands() {
        return List.of(new Command(
                "operations",
                "lists what takes long, and how far it is",
                "\nforget OPERATION",
                "What is forgotten goes on all the same.",
                this::run));
    }

    private void run(Arguments arguments, Screen screen) throws Exception {
        if (arguments.verb().equals("forget")) {
            String id = arguments.get(0);
            if (!operations.forget(id)) {
                throw new RefusedException(Reason.NOT_FOUND, "there is no operation " + id);
            }
            screen.line("forgot " + id);
            return;
        }
        long now = Instant.now().toEpochMilli();
        Table table = new Table("OPERATION", "KIND", "SUBJECT", "STATE", ">DONE", ">OF", ">BEGUN", "WHO", "REASON");
        for (TrackedOperation one : operations.all()) {
            Operation operation = one.operation();
            table.row(
                    one.id(),
                    one.kind(),
                    one.subject(),
                    operation.state().name().toLowerCase(Locale.ROOT),
                    operation.current() < 0 ? null : operation.current(),
                    operation.total() <= 0 ? null : operation.total(),
                    Text.span(now - one.begun().toEpochMilli()),
                    one.actor(),
                    operation.error());
        }
        table.print(screen, "no operations");
    }
}
