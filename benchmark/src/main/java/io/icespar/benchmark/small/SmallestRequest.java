package io.icespar.benchmark.small;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/**
 * A client that does nearly nothing itself: it sends one and the same request of the JDBC protocol again and again over
 * one connection, one that is answered without a query.
 */
final class SmallestRequest implements AutoCloseable {
    private static final String LENGTH = "content-length: ";
    private static final String OK = "http/1.1 200 ";

    private final Socket socket;
    private final InputStream answers;
    private final byte[] request;

    /** Connects to a server; {@code authorization} is a header's value. */
    SmallestRequest(URI server, String authorization) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        answers = new BufferedInputStream(socket.getInputStream());
        String head = "POST /avatica HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nAuthorization: " + authorization
                + "\r\nContent-Type: application/json\r\nContent-Length: ";
        String connection = UUID.randomUUID().toString();
        send(request(head, "{\"request\":\"openConnection\",\"connectionId\":\"" + connection + "\"}"));
        request = request(head, "{\"request\":\"getCatalogs\",\"connectionId\":\"" + connection + "\"}");
    }

    private static byte[] request(String head, String body) {
        return (head + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends the request and reads the answer. */
    void send() {
        send(request);
    }

    private void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            String status = line();
            if (!status.startsWith(OK)) {
                throw new IllegalStateException("refused: " + status);
            }
            int length = 0;
            for (String header = line(); !header.isEmpty(); header = line()) {
                if (header.startsWith(LENGTH)) {
                    length = Integer.parseInt(header.substring(LENGTH.length()));
                }
            }
            answers.skipNBytes(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = answers.read(); c != '\n'; c = answers.read()) {
            if (c < 0) {
                throw new IOException("the server closed the connection");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.US_ASCII).strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
