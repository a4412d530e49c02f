// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.service.command.CommandProcessor;
import org.autoprov.shell.client.ShortPath;
import org.autoprov.shell.client.Wire;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way in from outside: a Unix domain socket in the data folder ({@code autoprov.data}), which only the owner may
 * open. Opens nothing on the network. A server whose socket cannot be opened runs without it, and says so.
 */
@Component(
        service = {},
        immediate = true)
public final class ShellServer {

    static final String DATA = "autoprov.data";

    private static final Logger LOG = LoggerFactory.getLogger(ShellServer.class);

    private final CommandProcessor processor;
    private final Completion completion;
    private final Set<ShellConnection> connections = ConcurrentHashMap.newKeySet();
    private ServerSocketChannel server;
    private Path socket;

    @Activate
    public ShellServer(BundleContext context, @Reference CommandProcessor processor, @Reference Completion completion) {
        this(context.getProperty(DATA), processor, completion);
    }

    ShellServer(String data, CommandProcessor processor, Completion completion) {
        this.processor = processor;
        this.completion = completion;
        if (data == null) {
            LOG.info("No shell from outside: the framework property {} is not set", DATA);
            return;
        }
        Path path = Wire.socket(Path.of(data));
        try {
            server = open(path);
            socket = path;
            daemon("autoprov-shell-accept", this::acceptAll);
        } catch (IOException e) {
            LOG.warn("No shell from outside: {}", e.getMessage());
        }
    }

    private static ServerSocketChannel open(Path path) throws IOException {
        Path folder = path.getParent();
        Files.createDirectories(folder);
        // Before the socket is there: between its creation and the change of its mode only the folder protects it.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Path spelled = ShortPath.of(path);
        removeStale(path, spelled);
        ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            opened.bind(UnixDomainSocketAddress.of(spelled));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static void removeStale(Path path, Path spelled) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new IOException(path + " is in the way, and is no socket");
        }
        if (answers(spelled)) {
            throw new IOException("another server listens at " + path);
        }
        Files.delete(path); // a server that was killed left it
    }

    private static boolean answers(Path socket) {
        try {
            SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void acceptAll() {
        int number = 0;
        while (server.isOpen()) {
            try {
                accept(server.accept(), ++number);
            } catch (AsynchronousCloseException e) {
                return;
            } catch (IOException e) {
                if (server.isOpen()) {
                    LOG.warn("A shell client was turned away: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    /** Too many open files ends by itself, but not at once. */
    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(SocketChannel client, int number) {
        ShellConnection connection = new ShellConnection(client, new GogoSession(processor, completion), number);
        connections.add(connection);
        connection.start(() -> connections.remove(connection));
        if (!server.isOpen()) {
            connection.close();
        }
    }

    @Deactivate
    void close() {
        if (server == null) {
            return;
        }
        try {
            server.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            LOG.debug("Closing the shell's socket: {}", e.getMessage());
        }
        connections.forEach(ShellConnection::close);
    }

    static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
