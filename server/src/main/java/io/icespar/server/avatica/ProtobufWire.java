package io.icespar.server.avatica;

import com.google.protobuf.ByteString;
import io.icespar.avatica.columns.RowsApart;
import io.icespar.engine.jdbc.Times;
import io.icespar.server.http.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.calcite.avatica.metrics.noop.NoopMetricsSystem;
import org.apache.calcite.avatica.proto.Common.WireMessage;
import org.apache.calcite.avatica.proto.Requests;
import org.apache.calcite.avatica.remote.Handler;
import org.apache.calcite.avatica.remote.ProtobufHandler;
import org.apache.calcite.avatica.remote.ProtobufTranslation;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;

/** Requests as protocol buffers; the rows of their answers may be apart. */
final class ProtobufWire implements Wire {
    private final ErrorTranslator errors;
    private final String contentType;
    private final Times times;
    private final ProtobufTranslation translation;

    private ProtobufWire(ErrorTranslator errors, String contentType, Times times, ProtobufTranslation translation) {
        this.errors = errors;
        this.contentType = contentType;
        this.times = times;
        this.translation = translation;
    }

    /** For any client of Avatica's. */
    static ProtobufWire whole(ErrorTranslator errors, String contentType) {
        return new ProtobufWire(errors, contentType, Times.MILLISECONDS, new RequestTranslation());
    }

    /** For a client that takes rows as columns. */
    static ProtobufWire rowsApart(ErrorTranslator errors) {
        return new ProtobufWire(errors, RowsApart.MEDIA_TYPE, Times.MICROSECONDS, new RowsApartTranslation());
    }

    @Override
    public Times times() {
        return times;
    }

    @Override
    public Reply answer(Service service, byte[] body) {
        var handler = new ErrorHidingHandler(service);
        Handler.HandlerResponse<byte[]> answer;
        try {
            answer = handler.apply(body);
        } catch (Error e) {
            // Deep SQL overflows the stack, and Calcite throws AssertionError.
            answer = handler.failure(e);
        }
        return Reply.of(answer.getStatusCode(), contentType, ByteBuffer.wrap(answer.getResponse()));
    }

    /** Avatica's handler, with our errors in place of its own, which hold stack traces and class names. */
    private final class ErrorHidingHandler extends ProtobufHandler {
        ErrorHidingHandler(Service service) {
            super(service, translation, NoopMetricsSystem.getInstance());
        }

        @Override
        public HandlerResponse<byte[]> convertToErrorResponse(Exception failure) {
            return failure(failure);
        }

        HandlerResponse<byte[]> failure(Throwable failure) {
            try {
                return new HandlerResponse<>(
                        translation.serializeResponse(errors.translate(Wire.describe(failure))), Wire.status(failure));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Reads requests without the signature that a client may send back with a statement: the server has its own, and
     * Avatica loads the Java class that a signature names.
     */
    private static class RequestTranslation extends ProtobufTranslationImpl {
        @Override
        public Service.Request parseRequest(byte[] bytes) {
            try {
                WireMessage message = WireMessage.parseFrom(bytes);
                return super.parseRequest(withoutSignature(message).toByteArray());
            } catch (IOException | RuntimeException e) {
                throw new MalformedRequest(e);
            }
        }

        private static WireMessage withoutSignature(WireMessage message) throws IOException {
            if (!message.getName().equals(Requests.ExecuteRequest.class.getName())) {
                return message;
            }
            var execute = Requests.ExecuteRequest.parseFrom(message.getWrappedMessage()).toBuilder();
            if (execute.hasStatementHandle()) {
                execute.getStatementHandleBuilder().clearSignature();
            }
            ByteString cleaned = execute.build().toByteString();
            return message.toBuilder().setWrappedMessage(cleaned).build();
        }
    }

    private static final class RowsApartTranslation extends RequestTranslation {
        @Override
        public byte[] serializeResponse(Service.Response response) throws IOException {
            return RowsApart.write(response, super::serializeResponse);
        }
    }
}
