package io.icespar.server.http;

import static io.icespar.server.http.Running.base64;
import static io.icespar.server.http.Running.basic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginHandlerTest {
    private static final Running SERVER = Running.behindLogin(new WhoAmI());

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void theCallerIsPassedOn() throws Exception {
        HttpResponse<String> reply = SERVER.get("Authorization", basic("alice", "changeit"));
        assertEquals(200, reply.statusCode());
        assertEquals("{\"name\":\"alice\",\"roles\":[\"ROLE_\\\"quoted\\\"\",\"ROLE_USER\"]}", reply.body());
        assertEquals(
                "application/json", reply.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void usersAndPasswordsAreUtf8() throws Exception {
        assertEquals(200, SERVER.get("Authorization", basic("Zoë", "pass:wörd")).statusCode());
    }

    @Test
    void theNameOfTheSchemeHasNoCase() throws Exception {
        assertEquals(
                200,
                SERVER.get("Authorization", "bASIC  " + base64("alice:changeit"))
                        .statusCode());
    }

    @Test
    void withoutCredentialsTheClientIsChallenged() throws Exception {
        HttpResponse<String> reply = SERVER.get();
        assertEquals(401, reply.statusCode());
        assertEquals(
                List.of("Basic realm=\"icespar\", charset=\"UTF-8\""),
                reply.headers().allValues("WWW-Authenticate"));
    }

    @Test
    void aWrongPasswordAndAnUnknownUserGetTheSameReply() throws Exception {
        HttpResponse<String> challenge = SERVER.get();
        for (String user : List.of("alice", "nobody", "", "dropped")) {
            HttpResponse<String> reply =
                    SERVER.get("Authorization", basic(user, user.equals("dropped") ? "changeit" : "wrong"));
            assertEquals(401, reply.statusCode());
            assertEquals(challenge.body(), reply.body());
            assertEquals(withoutDate(challenge), withoutDate(reply));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic",
                "Basic ",
                "Basic !!!",
                "Basic YWxpY2U=", // alice, without a colon
                "Basic /////w==", // not UTF-8
                "Basic YWxpY2U6Y2hhbmdlaXQ= Basic YWxpY2U6Y2hhbmdlaXQ=",
                "Basic YWxpY2U6Y2hhbmdlaXQ=, Bearer x",
                "Bearer YWxpY2U6Y2hhbmdlaXQ=",
                "alice:changeit"
            })
    void malformedCredentialsAreRefused(String header) throws Exception {
        assertEquals(401, SERVER.get("Authorization", header).statusCode());
    }

    @Test
    void whoDoesNotHoldRoleUserMayNotEnter() throws Exception {
        HttpResponse<String> reply = SERVER.get("Authorization", basic("outsider", "changeit"));
        assertEquals(403, reply.statusCode());
    }

    @Test
    void afterTooManyFailuresTheClientIsToldHowLongToWait() throws Exception {
        HttpResponse<String> reply = SERVER.get("Authorization", basic("guessed", "changeit"));
        assertEquals(429, reply.statusCode());
        assertEquals("42", reply.headers().firstValue("Retry-After").orElseThrow());
        assertEquals(
                "too many failed logins for this user or from this address; try again in 42 seconds\n", reply.body());
    }

    @Test
    void twoAuthorizationsAreRefused() throws IOException {
        String reply = SERVER.sendRaw("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: "
                + basic("alice", "changeit") + "\r\nAuthorization: " + basic("outsider", "changeit") + "\r\n\r\n");
        assertEquals("HTTP/1.1 400 Bad Request", reply.lines().findFirst().orElseThrow());
        assertFalse(reply.contains("alice"), reply);
    }

    @Test
    void otherHeadersDoNotSayWhoIsAsking() throws Exception {
        assertEquals(
                401,
                SERVER.get("X-Forwarded-User", "alice", "Remote-User", "alice", "X-Remote-User", "alice")
                        .statusCode());
    }

    private static String withoutDate(HttpResponse<String> reply) {
        return reply.headers().map().toString().replaceAll("date=\\[[^]]*]", "");
    }
}
