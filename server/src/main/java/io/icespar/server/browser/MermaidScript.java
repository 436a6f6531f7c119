package io.icespar.server.browser;

import io.icespar.security.identity.Caller;
import io.icespar.server.http.CallerHandler;
import io.icespar.server.http.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Mermaid, the library that draws diagrams in browsers. Its address changes with what it holds, so that browsers ask for
 * it once.
 */
public final class MermaidScript implements CallerHandler {
    private static final String FILE = "mermaid.min.js.gz";
    private static final int HASH_BYTES = 8;

    private final byte[] compressed;
    private final String path;

    /** The library as it was built in. */
    public MermaidScript() {
        try (InputStream file = MermaidScript.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("there is no `" + FILE + "`: the build puts it beside this class");
            }
            this.compressed = file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.path = "/schema/mermaid-" + hash(compressed) + ".js";
    }

    private static String hash(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Where it is found. */
    public String path() {
        return path;
    }

    @Override
    public void handle(Caller caller, Request request, Response response, Callback callback) {
        boolean takesGzip = request.getHeaders().getQualityCSV(HttpHeader.ACCEPT_ENCODING).stream()
                .anyMatch(coding -> coding.replaceFirst(";.*", "").strip().equalsIgnoreCase("gzip"));
        Reply reply = Reply.of(
                        HttpStatus.OK_200,
                        "text/javascript;charset=utf-8",
                        ByteBuffer.wrap(takesGzip ? compressed : decompressed()))
                .with("Cache-Control", "private, max-age=31536000, immutable")
                .with("Vary", "Accept-Encoding");
        (takesGzip ? reply.with("Content-Encoding", "gzip") : reply).send(response, callback);
    }

    private byte[] decompressed() {
        try (var file = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
