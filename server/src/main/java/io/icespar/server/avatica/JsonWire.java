package io.icespar.server.avatica;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.icespar.server.http.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.avatica.metrics.noop.NoopMetricsSystem;
import org.apache.calcite.avatica.remote.Handler;
import org.apache.calcite.avatica.remote.JsonHandler;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.Service;

/** Requests as JSON, in UTF-8. */
final class JsonWire implements Wire {
    private final ErrorTranslator errors;
    private final String contentType;

    JsonWire(ErrorTranslator errors, String contentType) {
        this.errors = errors;
        this.contentType = contentType;
    }

    @Override
    public Reply answer(Service service, byte[] body) {
        var handler = new ErrorHidingHandler(service);
        Handler.HandlerResponse<String> answer;
        try {
            answer = handler.apply(withoutSignature(body));
        } catch (MalformedRequest | Error e) {
            // Errors too: deep SQL overflows the stack, and Calcite throws AssertionError.
            answer = handler.failure(e);
        }
        return Reply.of(answer.getStatusCode(), contentType, StandardCharsets.UTF_8.encode(answer.getResponse()));
    }

    /**
     * The request without the signature that a client may send back with a statement: the server has its own, and
     * Jackson loads the Java class that a signature names.
     */
    private static String withoutSignature(byte[] body) {
        try {
            JsonNode request = JsonService.MAPPER.readTree(body);
            if (!(request instanceof ObjectNode)) {
                throw new MalformedRequest(new IllegalArgumentException("not a JSON object"));
            }
            if (request.get("statementHandle") instanceof ObjectNode handle) {
                handle.remove("signature");
            }
            return JsonService.MAPPER.writeValueAsString(request);
        } catch (IOException e) {
            throw new MalformedRequest(e);
        }
    }

    /** Avatica's handler, with our errors in place of its own, which hold stack traces and class names. */
    private final class ErrorHidingHandler extends JsonHandler {
        ErrorHidingHandler(Service service) {
            super(service, NoopMetricsSystem.getInstance());
        }

        @Override
        public HandlerResponse<String> convertToErrorResponse(Exception failure) {
            // InvalidDefinitionException is what Jackson says when it cannot write an answer.
            boolean unread =
                    failure instanceof JsonProcessingException && !(failure instanceof InvalidDefinitionException);
            return failure(unread ? new MalformedRequest(failure) : failure);
        }

        HandlerResponse<String> failure(Throwable failure) {
            try {
                return new HandlerResponse<>(
                        MAPPER.writeValueAsString(errors.translate(Wire.describe(failure))), Wire.status(failure));
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
