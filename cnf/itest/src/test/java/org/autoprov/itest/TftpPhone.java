// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.commons.net.tftp.TFTP;
import org.apache.commons.net.tftp.TFTPClient;

/** A phone that asks by TFTP, from an address of loopback. Its status is 200, or the code of the TFTP error. */
final class TftpPhone implements Telephone {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final URI server;
    private final String mac;
    private final InetAddress source;

    TftpPhone(URI server, String mac, String source) throws IOException {
        this.server = server;
        this.mac = mac;
        this.source = InetAddress.getByName(source);
    }

    /** A phone of the test family. @param number makes the MAC address */
    static TftpPhone acme(URI server, int number) {
        try {
            return new TftpPhone(server, String.format("001122%06x", number), "127.0.0.1");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private interface Exchange {
        void with(TFTPClient client) throws IOException;
    }

    private int exchange(Exchange exchange) throws IOException {
        TFTPClient client = new TFTPClient();
        client.setDefaultTimeout(TIMEOUT);
        client.open(0, source);
        try {
            exchange.with(client);
            return 200;
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage()); // "Error code 1 received: File not found"
            if (!message.startsWith("Error code ")) {
                throw e;
            }
            return Integer.parseInt(message.split(" ")[2]);
        } finally {
            client.close();
        }
    }

    Phone.Reply get(String name) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int status = exchange(
                client -> client.receiveFile(name, TFTP.BINARY_MODE, content, server.getHost(), server.getPort()));
        return new Phone.Reply(status, Map.of(), content.toByteArray());
    }

    /** @return 200, or the code of the error */
    int put(String name, byte[] content) throws IOException {
        return exchange(client -> client.sendFile(
                name, TFTP.BINARY_MODE, new ByteArrayInputStream(content), server.getHost(), server.getPort()));
    }

    @Override
    public String mac() {
        return mac;
    }

    @Override
    public Phone.Reply own(String family) throws IOException {
        return get(mac + "." + family);
    }

    @Override
    public void close() {
        // each exchange has its own socket
    }
}
