// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.felix.service.command.CommandProcessor;
import org.autoprov.shell.client.Prompt;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The prompt on the server's own terminal, when the launcher says that there is one ({@code autoprov.console = true}).
 * Ctrl-D leaves the server running without a prompt; Ctrl-C on an empty line stops the server.
 */
@Component(
        service = {},
        immediate = true)
public final class Console {

    static final String CONSOLE = "autoprov.console";

    private static final Logger LOG = LoggerFactory.getLogger(Console.class);

    private final BundleContext context;
    private final CommandProcessor processor;
    private final Completion completion;
    private volatile Runnable closer = () -> {};

    @Activate
    public Console(BundleContext context, @Reference CommandProcessor processor, @Reference Completion completion) {
        this.context = context;
        this.processor = processor;
        this.completion = completion;
        if (Boolean.parseBoolean(context.getProperty(CONSOLE))) {
            ShellServer.daemon("autoprov-shell-console", this::run);
        }
    }

    private void run() {
        String data = context.getProperty(ShellServer.DATA);
        Path history = Path.of(data == null ? "." : data).resolve("run").resolve("shell_history");
        try (GogoSession session = new GogoSession(processor, completion)) {
            Prompt prompt = new Prompt(session, history, () -> ServerCommands.stop(context));
            closer = prompt::close;
            LogAbovePrompt above = new LogAbovePrompt(prompt);
            try {
                prompt.run();
            } finally {
                above.close();
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("No prompt on this terminal: {}", e.getMessage());
        } catch (LinkageError e) {
            LOG.warn("No prompt on this terminal: jline is not installed");
        }
    }

    @Deactivate
    void close() {
        try {
            closer.run();
        } catch (RuntimeException e) {
            LOG.debug("Closing the prompt: {}", e.getMessage());
        }
    }
}
