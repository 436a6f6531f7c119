package io.icespar.server.avatica;

import io.icespar.avatica.columns.RowsApart;
import io.icespar.engine.jdbc.Times;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Identity;
import io.icespar.server.http.CallerHandler;
import io.icespar.server.http.Reply;
import io.icespar.server.http.RequestBody;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.calcite.avatica.Meta;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Remote JDBC: one request of Avatica's protocol in the body of each POST, carried out for the caller who sent it.
 *
 * <p>The {@code Content-Type} says which form it has: {@code application/x-google-protobuf} or
 * {@code application/json}; with {@code application/octet-stream}, which Avatica's own client sends for both, the
 * first byte tells. To a client that accepts {@link RowsApart} the rows of an answer go as columns. A type that a web
 * page could send to another site without asking is none of these. Avatica's {@code request} header, an older place for
 * the request, is refused: it would go around the limits of the body.
 */
public final class AvaticaEndpoint implements CallerHandler {
    private static final String PROTOBUF = "application/x-google-protobuf";
    private static final String JSON = "application/json";
    private static final String EITHER = "application/octet-stream";
    private static final RequestBody BODY = new RequestBody(8 * 1024 * 1024, Duration.ofSeconds(30));

    private final BiFunction<Identity, Times, Meta> metas;
    private final ErrorTranslator errors;

    /**
     * Creates the endpoint.
     *
     * @param metas gives the {@code Meta} of a user, for a client that takes such times
     */
    public AvaticaEndpoint(BiFunction<Identity, Times, Meta> metas, ErrorTranslator errors) {
        this.metas = metas;
        this.errors = errors;
    }

    @Override
    public void handle(Caller caller, Request request, Response response, Callback callback) {
        Optional<Reply> refusal = refusal(request);
        if (refusal.isPresent()) {
            refusal.get().send(response, callback);
            return;
        }
        // A query may take longer than a connection may be idle.
        request.addIdleTimeoutListener(timeout -> false);
        BODY.read(request, response, callback, body -> {
            var wire = wire(request, body);
            var service = new CompleteRequests(metas.apply(caller.identity(), wire.times()));
            wire.answer(service, body).send(response, callback);
        });
    }

    private static Optional<Reply> refusal(Request request) {
        if (request.getHeaders().contains("request")) {
            return Optional.of(Reply.text(
                    HttpStatus.BAD_REQUEST_400, "the request stands in the header `request`, expected it in the body"));
        }
        boolean known = switch (mediaType(request)) {
            case PROTOBUF, JSON, EITHER -> !request.getHeaders().contains(HttpHeader.CONTENT_ENCODING);
            default -> false;
        };
        return known
                ? Optional.empty()
                : Optional.of(Reply.text(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
                        "expected `Content-Type` " + PROTOBUF + " or " + JSON + ", and no `Content-Encoding`"));
    }

    private static String mediaType(Request request) {
        String contentType = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return contentType == null ? "" : HttpField.stripParameters(contentType).toLowerCase(Locale.ROOT);
    }

    private Wire wire(Request request, byte[] body) {
        String mediaType = mediaType(request);
        if (mediaType.equals(JSON) || (mediaType.equals(EITHER) && body.length > 0 && body[0] == '{')) {
            return new JsonWire(errors, mediaType);
        }
        boolean takesRowsApart =
                request.getHeaders().getQualityCSV(HttpHeader.ACCEPT).contains(RowsApart.MEDIA_TYPE);
        return takesRowsApart ? ProtobufWire.rowsApart(errors) : ProtobufWire.whole(errors, mediaType);
    }
}
