// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A small HTTP/1.1 client as phones have: one connection that is kept, no decoding, no caching, and an eye for
 * answers that phones stumble over. It binds a source address, which the JDK's client cannot. For one thread.
 */
public final class PhoneClient implements AutoCloseable {

    private final Optional<InetAddress> source;
    private final int timeoutMillis;
    private Socket socket;
    private InputStream in;
    private String peer = "";

    /**
     * @param source local address to come from; empty: what the system takes
     * @param timeoutMillis longest wait for a connection, and for each part of an answer
     */
    public PhoneClient(Optional<InetAddress> source, int timeoutMillis) {
        this.source = source;
        this.timeoutMillis = timeoutMillis;
    }

    /**
     * Sends a request and reads the whole answer.
     *
     * @param method {@code GET} or {@code PUT}
     * @param target where to
     * @param headers further headers; no value may hold a line break
     * @param body what to send; empty for a GET
     * @return the answer, whatever its status
     * @throws IOException when there is no connection or no whole answer; the message is fit for an administrator
     */
    public Answer exchange(String method, Target target, Map<String, String> headers, byte[] body) throws IOException {
        long start = System.nanoTime();
        String wanted = target.secure() + " " + target.host() + " " + target.port();
        boolean kept = socket != null && wanted.equals(peer);
        if (!kept) {
            connect(target, wanted);
        }
        try {
            byte[] request = request(method, target, headers, body);
            int first = begin(request);
            if (first < 0 && kept) { // the server closed the kept connection in the meantime: not its fault
                connect(target, wanted);
                first = begin(request);
            }
            if (first < 0) {
                throw new IOException("connection closed without an answer");
            }
            AnswerReader reader = new AnswerReader(in, start);
            Answer answer = reader.read();
            if (!reader.keepsConnection()) {
                close();
            }
            return answer;
        } catch (java.net.SocketTimeoutException e) {
            close();
            throw new IOException("no answer within " + timeoutMillis + " ms");
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private int begin(byte[] request) throws IOException {
        try {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            in.mark(1);
            int first = in.read();
            in.reset();
            return first;
        } catch (java.net.SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return -1;
        }
    }

    private static byte[] request(String method, Target target, Map<String, String> headers, byte[] body)
            throws IOException {
        StringBuilder head = new StringBuilder(method + " " + target.path() + " HTTP/1.1\r\n");
        head.append("Host: ").append(target.authority()).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (!method.equals("GET")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        request.write(body);
        return request.toByteArray();
    }

    private void connect(Target target, String wanted) throws IOException {
        close();
        Socket plain = new Socket();
        try {
            if (source.isPresent()) {
                plain.bind(new InetSocketAddress(source.get(), 0));
            }
            plain.connect(new InetSocketAddress(target.host(), target.port()), timeoutMillis);
            plain.setSoTimeout(timeoutMillis);
            plain.setTcpNoDelay(true);
            socket = target.secure() ? secure(plain, target) : plain;
            in = new BufferedInputStream(socket.getInputStream());
            peer = wanted;
        } catch (java.net.UnknownHostException e) {
            plain.close();
            throw new IOException("unknown host: " + target.host());
        } catch (IOException | IllegalArgumentException e) {
            plain.close();
            throw new IOException("no connection to " + target.authority() + ": " + e.getMessage());
        }
    }

    private static Socket secure(Socket plain, Target target) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket wrapped = (SSLSocket) factory.createSocket(plain, target.host(), target.port(), true);
        SSLParameters parameters = wrapped.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        wrapped.setSSLParameters(parameters);
        wrapped.startHandshake();
        return wrapped;
    }

    @Override
    public void close() {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // it is gone either way
            }
            socket = null;
        }
    }
}
