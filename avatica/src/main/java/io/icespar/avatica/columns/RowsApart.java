package io.icespar.avatica.columns;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.calcite.avatica.Meta.Frame;
import org.apache.calcite.avatica.remote.Service.ExecuteResponse;
import org.apache.calcite.avatica.remote.Service.FetchResponse;
import org.apache.calcite.avatica.remote.Service.Response;
import org.apache.calcite.avatica.remote.Service.ResultSetResponse;
import org.jspecify.annotations.Nullable;

/**
 * Responses of Avatica's protocol with their rows apart: how many bytes the response has, in four bytes, the lowest first;
 * the response without its rows; and then the rows, if it has any, as {@link RowsWriter} writes them. A client that accepts
 * this says so; any other gets the response as Avatica writes it.
 */
public final class RowsApart {
    /** What a client accepts, and what such an answer is. */
    public static final String MEDIA_TYPE = "application/x-icespar-columns";

    private RowsApart() {}

    /** How a response without its rows becomes bytes. */
    @FunctionalInterface
    public interface Encoding {
        /** The bytes of the response. */
        byte[] bytes(Response response) throws IOException;
    }

    /** How bytes become a response. */
    @FunctionalInterface
    public interface Decoding {
        /** The response that the bytes are. */
        Response response(byte[] bytes) throws IOException;
    }

    /** Writes a response. */
    public static byte[] write(Response response, Encoding encoding) throws IOException {
        var frame = frame(response);
        var rows = frame != null && frame.rows instanceof List ? (List<?>) frame.rows : List.of();
        if (frame == null || rows.isEmpty()) {
            return joined(encoding.bytes(response), new byte[0]);
        }
        var emptied = with(response, new Frame(frame.offset, frame.done, List.of()));
        return joined(encoding.bytes(emptied), RowsWriter.write(rows));
    }

    private static byte[] joined(byte[] response, byte[] rows) {
        return ByteBuffer.allocate(Integer.BYTES + response.length + rows.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(response.length)
                .put(response)
                .put(rows)
                .array();
    }

    /**
     * Reads a response.
     *
     * @throws IOException if the bytes are none
     */
    public static Response read(byte[] bytes, Decoding decoding) throws IOException {
        var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IOException("no response of Icespar's");
        }
        var encoded = new byte[length];
        in.get(encoded);
        var response = decoding.response(encoded);
        if (!in.hasRemaining()) {
            return response;
        }
        var frame = frame(response);
        if (frame == null) {
            throw new IOException("rows without a frame for them");
        }
        return with(response, new Frame(frame.offset, frame.done, RowsReader.read(in)));
    }

    private static @Nullable Frame frame(Response response) {
        if (response instanceof FetchResponse) {
            return ((FetchResponse) response).frame;
        }
        if (response instanceof ResultSetResponse) {
            return ((ResultSetResponse) response).firstFrame;
        }
        // There are none where the statement is missing.
        var results = response instanceof ExecuteResponse ? ((ExecuteResponse) response).results : null;
        return results != null && results.size() == 1 ? results.get(0).firstFrame : null;
    }

    private static Response with(Response response, Frame frame) {
        if (response instanceof FetchResponse) {
            var fetched = (FetchResponse) response;
            return new FetchResponse(frame, fetched.missingStatement, fetched.missingResults, fetched.rpcMetadata);
        }
        if (response instanceof ResultSetResponse) {
            var result = (ResultSetResponse) response;
            return new ResultSetResponse(
                    result.connectionId,
                    result.statementId,
                    result.ownStatement,
                    result.signature,
                    frame,
                    result.updateCount,
                    result.rpcMetadata);
        }
        var executed = (ExecuteResponse) response;
        return new ExecuteResponse(
                List.of((ResultSetResponse) with(executed.results.get(0), frame)),
                executed.missingStatement,
                executed.rpcMetadata);
    }
}
