package io.icespar.server.avatica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.icespar.engine.jdbc.CallerError;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.server.http.Reply;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Requests;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.Service.ErrorResponse;
import org.apache.calcite.avatica.remote.Service.ExecuteRequest;
import org.apache.calcite.avatica.remote.Service.ExecuteResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
    /** Written when {@link Canary} is loaded; a field of the canary itself would load it. */
    private static final List<String> LOADED = new ArrayList<>();

    private final Wire json = new JsonWire(WireTest::describe, "json");
    private final Wire protobuf = ProtobufWire.whole(WireTest::describe, "protobuf");
    private final List<Object> received = new ArrayList<>();

    private static ErrorResponse describe(Throwable failure) {
        return CallerError.of(failure).toErrorResponse();
    }

    /** A class that must not be loaded because a client names it. */
    static final class Canary {
        static {
            LOADED.add("canary");
        }

        private Canary() {}
    }

    @Test
    void noClassIsLoadedThatAProtobufRequestNames() {
        var signature = Common.Signature.newBuilder()
                .setCursorFactory(Common.CursorFactory.newBuilder()
                        .setStyle(Common.CursorFactory.Style.OBJECT)
                        .setClassName(WireTest.class.getName() + "$Canary"));
        Reply reply = protobuf.answer(
                working(),
                wire(Requests.ExecuteRequest.newBuilder()
                        .setStatementHandle(Common.StatementHandle.newBuilder()
                                .setConnectionId("c")
                                .setId(7)
                                .setSignature(signature))
                        .build()));
        assertExecutedWithoutSignature(reply);
    }

    @Test
    void noClassIsLoadedThatAJsonRequestNames() {
        Reply reply = json.answer(working(), utf8("""
                        {"request": "execute", "maxRowCount": 5, "statementHandle": {
                          "connectionId": "c", "id": 7, "signature": {"columns": [], "sql": "", "parameters": [],
                            "cursorFactory": {"style": "OBJECT", "clazz": "%s$Canary", "fieldNames": []},
                            "statementType": "SELECT"}}}
                        """.formatted(WireTest.class.getName())));
        assertExecutedWithoutSignature(reply);
    }

    private void assertExecutedWithoutSignature(Reply reply) {
        assertEquals(List.of(), LOADED);
        assertEquals(200, reply.status(), text(reply));
        ExecuteRequest request = (ExecuteRequest) received.get(0);
        assertEquals("c", request.statementHandle.connectionId);
        assertEquals(7, request.statementHandle.id);
        assertNull(request.statementHandle.signature);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "1",
                "{",
                "{\"request\":\"nonsense\",\"a\":1}",
                "{\"request\":\"fetch\",\"statementId\":\"seven\"}",
                "{\"request\":\"execute\",\"parameterValues\":[{\"type\":\"java.io.File\",\"value\":\"x\"}]}",
                "{\"request\":[\"execute\"]}",
                "\u0000\u0001"
            })
    void aMalformedJsonRequestIsABadRequest(String body) {
        assertBadRequest(json.answer(working(), utf8(body)));
    }

    @Test
    void deepNestingIsABadRequest() {
        assertBadRequest(json.answer(working(), utf8("{\"a\":".repeat(100_000))));
    }

    @Test
    void aMalformedProtobufRequestIsABadRequest() {
        assertBadRequest(protobuf.answer(working(), new byte[0]));
        assertBadRequest(protobuf.answer(working(), utf8("nonsense")));
        assertBadRequest(protobuf.answer(working(), utf8("{\"request\":\"getCatalogs\"}")));
        assertBadRequest(protobuf.answer(
                working(),
                Common.WireMessage.newBuilder()
                        .setName("java.lang.Runtime")
                        .build()
                        .toByteArray()));
        assertBadRequest(protobuf.answer(
                working(),
                Common.WireMessage.newBuilder()
                        .setName(Requests.ExecuteRequest.class.getName())
                        .setWrappedMessage(ByteString.copyFromUtf8("nonsense"))
                        .build()
                        .toByteArray()));
    }

    private static void assertBadRequest(Reply reply) {
        assertEquals(400, reply.status(), text(reply));
        assertHarmless(reply);
        assertTrue(text(reply).contains("not a request of Avatica's protocol"), text(reply));
    }

    @Test
    void aFailureIsToldInWordsForTheCaller() throws IOException {
        Service failing = failing(new IcesparException(ErrorCode.UNDEFINED_TABLE, "there is no table `Nowhere`"));
        Reply reply = protobuf.answer(failing, wire(Requests.CatalogsRequest.getDefaultInstance()));
        assertEquals(500, reply.status());
        ErrorResponse error = (ErrorResponse)
                new ProtobufTranslationImpl().parseResponse(reply.body().array());
        assertEquals("42P01", error.sqlState);
        assertEquals("there is no table `Nowhere`", error.errorMessage);
        assertEquals(List.of(), error.exceptions);

        reply = json.answer(failing, utf8("{\"request\":\"getCatalogs\"}"));
        assertEquals(500, reply.status());
        assertTrue(text(reply).contains("\"errorMessage\":\"there is no table `Nowhere`\""), text(reply));
        assertTrue(text(reply).contains("\"sqlState\":\"42P01\""), text(reply));
        assertTrue(text(reply).contains("\"response\":\"error\""), text(reply));
    }

    @Test
    void aFaultOfOursIsNotTold() {
        for (Throwable fault :
                List.of(new IllegalStateException("hidden value"), new StackOverflowError("hidden value"))) {
            Service failing = failing(fault);
            for (Reply reply : List.of(
                    protobuf.answer(failing, wire(Requests.CatalogsRequest.getDefaultInstance())),
                    json.answer(failing, utf8("{\"request\":\"getCatalogs\"}")))) {
                assertEquals(500, reply.status());
                assertHarmless(reply);
                assertTrue(text(reply).contains("internal error ["), text(reply));
            }
        }
    }

    /** A service that carries out everything and returns nothing. */
    private Service working() {
        return service(request -> {
            received.add(request);
            return new ExecuteResponse(List.of(), false, null);
        });
    }

    private static Service failing(Throwable failure) {
        return service(request -> {
            throw failure;
        });
    }

    private interface Work {
        Object carryOut(Object request) throws Throwable;
    }

    private static Service service(Work work) {
        return (Service) Proxy.newProxyInstance(
                WireTest.class.getClassLoader(),
                new Class<?>[] {Service.class},
                (proxy, method, arguments) -> work.carryOut(arguments[0]));
    }

    private static byte[] wire(Message request) {
        return Common.WireMessage.newBuilder()
                .setName(request.getClass().getName())
                .setWrappedMessage(request.toByteString())
                .build()
                .toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Reply reply) {
        return StandardCharsets.UTF_8.decode(reply.body().slice()).toString();
    }

    private static void assertHarmless(Reply reply) {
        assertFalse(
                Pattern.compile("Exception|hidden|java|org\\.apache|io\\.icespar")
                        .matcher(text(reply).replace("org.apache.calcite.avatica.proto.Responses$ErrorResponse", ""))
                        .find(),
                text(reply));
    }
}
