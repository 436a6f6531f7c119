package io.icespar.server.avatica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.avatica.columns.RowsApart;
import io.icespar.engine.jdbc.CallerError;
import io.icespar.engine.jdbc.Times;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import io.icespar.server.http.Running;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.Meta.ConnectionHandle;
import org.apache.calcite.avatica.proto.Common.WireMessage;
import org.apache.calcite.avatica.proto.Requests;
import org.apache.calcite.avatica.proto.Responses;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvaticaEndpointTest {
    private static final String CREATE = "{\"request\":\"createStatement\",\"connectionId\":\"c\"}";
    private static final Running SERVER = Running.behindLogin(new AvaticaEndpoint(
            AvaticaEndpointTest::meta, failure -> CallerError.of(failure).toErrorResponse()));

    /** Makes statements in a connection that is called as the user is. */
    private static Meta meta(Identity identity, Times times) {
        Name user = identity.name();
        return (Meta) Proxy.newProxyInstance(
                AvaticaEndpointTest.class.getClassLoader(),
                new Class<?>[] {Meta.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "createStatement" -> {
                        assertEquals("c", ((ConnectionHandle) arguments[0]).id);
                        yield new Meta.StatementHandle(user.spelling(), 7, null);
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON; charset=UTF-8",
                "application/octet-stream",
            })
    void jsonIsCarriedOutForTheCaller(String contentType) throws Exception {
        HttpResponse<String> reply = post(BodyPublishers.ofString(CREATE), "Content-Type", contentType);
        assertEquals(200, reply.statusCode());
        assertTrue(reply.body().contains("\"connectionId\":\"alice\""), reply.body());
        assertTrue(reply.body().contains("\"statementId\":7"), reply.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-google-protobuf", "application/octet-stream"})
    void protobufIsCarriedOutForTheCaller(String contentType) throws Exception {
        var request = Requests.CreateStatementRequest.newBuilder()
                .setConnectionId("c")
                .build();
        var message = WireMessage.newBuilder()
                .setName(request.getClass().getName())
                .setWrappedMessage(request.toByteString())
                .build();
        HttpResponse<String> reply =
                post(BodyPublishers.ofByteArray(message.toByteArray()), "Content-Type", contentType);
        assertEquals(200, reply.statusCode());
        assertEquals(contentType, reply.headers().firstValue("Content-Type").orElseThrow());
        HttpResponse<String> apart = post(
                BodyPublishers.ofByteArray(message.toByteArray()),
                "Content-Type",
                contentType,
                "Accept",
                RowsApart.MEDIA_TYPE + ", application/x-google-protobuf");
        assertEquals(
                RowsApart.MEDIA_TYPE, apart.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(reply.body().contains(Responses.CreateStatementResponse.class.getName()), reply.body());
        assertTrue(reply.body().contains("alice"), reply.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/plain;application/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "text/json",
                "*/*",
                "nonsense"
            })
    void aTypeThatAWebPageCouldSendIsRefused(String contentType) throws Exception {
        assertEquals(
                415,
                post(BodyPublishers.ofString(CREATE), "Content-Type", contentType)
                        .statusCode());
    }

    @Test
    void noTypeIsRefused() throws Exception {
        assertEquals(415, post(BodyPublishers.ofString(CREATE)).statusCode());
    }

    @Test
    void aCompressedBodyIsRefused() throws Exception {
        assertEquals(
                415,
                post(BodyPublishers.ofString(CREATE), "Content-Type", "application/json", "Content-Encoding", "gzip")
                        .statusCode());
    }

    @Test
    void aRequestInAHeaderIsRefused() throws Exception {
        HttpResponse<String> reply =
                post(BodyPublishers.noBody(), "Content-Type", "application/json", "request", CREATE);
        assertEquals(400, reply.statusCode());
    }

    @Test
    void aBodyLargerThanTheLimitIsRefused() throws Exception {
        HttpResponse<String> reply =
                post(BodyPublishers.ofByteArray(new byte[8 * 1024 * 1024 + 1]), "Content-Type", "application/json");
        assertEquals(413, reply.statusCode());
    }

    @Test
    void aBodyAsLargeAsTheLimitIsRead() throws Exception {
        String padded = CREATE + " ".repeat(8 * 1024 * 1024 - CREATE.length());
        assertEquals(
                200,
                post(BodyPublishers.ofString(padded), "Content-Type", "application/json")
                        .statusCode());
    }

    @Test
    void withoutLoginNothingIsCarriedOut() throws Exception {
        HttpResponse<String> reply = SERVER.send(
                SERVER.request("/").POST(BodyPublishers.ofString(CREATE)).header("Content-Type", "application/json"));
        assertEquals(401, reply.statusCode());
    }

    private static HttpResponse<String> post(HttpRequest.BodyPublisher body, String... headers) throws Exception {
        HttpRequest.Builder request =
                SERVER.request("/").POST(body).header("Authorization", Running.basic("alice", "changeit"));
        return SERVER.send(headers.length == 0 ? request : request.headers(headers));
    }
}
