// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.autoprov.shell.client.Wire.Frame;

/** A session of a server on this machine, through its socket. */
public final class SocketLink implements ShellLink {

    private final SocketChannel channel;
    private volatile boolean running;

    /** @throws IOException when no server listens there, or it speaks another protocol */
    public SocketLink(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(ShortPath.of(socket)));
            Frame greeting = expect();
            if (greeting.type() != Wire.GREETING || !greeting.text().equals(Wire.HELLO)) {
                throw new IOException("the server speaks another protocol; use the shell of its own version");
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public int run(String line, int columns, OutputStream out, OutputStream err) throws IOException {
        send(Frame.numberAndText(Wire.COMMAND, columns, line));
        running = true;
        try {
            while (true) {
                Frame frame = expect();
                switch (frame.type()) {
                    case Wire.OUTPUT -> pass(frame, out);
                    case Wire.ERROR -> pass(frame, err);
                    case Wire.EXIT -> {
                        return frame.number();
                    }
                    default -> {} // a late answer to a completion
                }
            }
        } finally {
            running = false;
        }
    }

    private static void pass(Frame frame, OutputStream to) throws IOException {
        to.write(frame.payload());
        to.flush();
    }

    @Override
    public void interrupt() throws IOException {
        if (running) {
            send(new Frame(Wire.INTERRUPT, new byte[0]));
        }
    }

    @Override
    public List<Candidate> complete(String line, int cursor) throws IOException {
        send(Frame.numberAndText(Wire.COMPLETE, cursor, line));
        Frame answer = expect();
        while (answer.type() != Wire.CANDIDATES) {
            answer = expect();
        }
        List<Candidate> result = new ArrayList<>();
        answer.text().lines().forEach(one -> {
            int tab = one.indexOf('\t');
            result.add(tab < 0 ? new Candidate(one, "") : new Candidate(one.substring(0, tab), one.substring(tab + 1)));
        });
        return result;
    }

    private Frame expect() throws IOException {
        Frame frame = Wire.read(channel);
        if (frame == null) {
            throw new EOFException("the server ended the session");
        }
        return frame;
    }

    private synchronized void send(Frame frame) throws IOException {
        Wire.write(channel, frame);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is lost: there is nothing more to send.
        }
    }
}
