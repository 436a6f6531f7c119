package io.icespar.server.oidc;

import static io.icespar.server.oidc.SmallServer.basic;
import static io.icespar.server.oidc.SmallServer.bearer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are not the provider's word, or not for this server, or not of now, let nobody in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenAttackTest {
    private static final String NOT_ACCEPTED = "the token is signed by an algorithm that is not accepted";
    private static final String NO_ACCESS_TOKEN = "the token is not an access token";
    private static final String NO_KEY = "the token is signed by no key of the provider, or is no access token";
    private static final String OTHER_CLIENT = "the token was given to a client that is not accepted";

    private final TestProvider provider;
    private final TestProvider stranger;
    private final SmallServer server;

    TokenAttackTest(@TempDir Path folder) throws IOException {
        provider = new TestProvider();
        stranger = new TestProvider();
        server = new SmallServer(folder, provider.issuer(), "driver-client-id: driver");
    }

    @AfterAll
    void stop() {
        server.close();
        provider.close();
        stranger.close();
    }

    private String token(UnaryOperator<JWTClaimsSet.Builder> change) {
        return provider.token(change);
    }

    private static Date in(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private JWTClaimsSet good() {
        return provider.claims("ann", "user");
    }

    private String header(UnaryOperator<JWSHeader.Builder> change) {
        return TestProvider.sign(change.apply(provider.header()).build(), good(), provider.key());
    }

    private String mac(byte[] secret) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(provider.key().getKeyID())
                        .build(),
                good());
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    private String encrypted(String content) throws JOSEException {
        JWEObject object = new JWEObject(
                new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128GCM)
                        .contentType("JWT")
                        .build(),
                new Payload(content));
        object.encrypt(new RSAEncrypter(provider.key().toRSAPublicKey()));
        return object.serialize();
    }

    /** With another header, written by hand, and a signature or none. */
    private String withHeader(String json, boolean signed) {
        String[] parts = provider.sign(good()).split("\\.", -1);
        String header = Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        return header + "." + parts[1] + "." + (signed ? parts[2] : "");
    }

    Stream<Arguments> attacks() throws JOSEException {
        String plain = new PlainJWT(good()).serialize();
        RSAKey own = TestProvider.newKey(provider.key().getKeyID());
        byte[] published = provider.key().toRSAPublicKey().getEncoded();
        String[] parts = provider.sign(good()).split("\\.", -1);
        String other = provider.sign(provider.claims("mallory", "user")).split("\\.", -1)[1];
        return Stream.of(
                // 96: without a signature
                Arguments.of("not signed", plain, "the token is not signed"),
                Arguments.of("none in other case", withHeader("{\"alg\":\"nOnE\"}", true), NOT_ACCEPTED),
                Arguments.of(
                        "none in other case, not signed",
                        withHeader("{\"alg\":\"nOnE\"}", false),
                        "the token is no JWT"),
                Arguments.of("an empty signature", parts[0] + "." + parts[1] + ".", "the token is no JWT"),
                Arguments.of(
                        "another content under the signature",
                        parts[0] + "." + other + "." + parts[2],
                        "the token's signature is not one of the provider's keys"),
                // 97: encrypted, with something unsigned inside
                Arguments.of("encrypted", encrypted(plain), "the token is encrypted"),
                Arguments.of("encrypted and signed", encrypted(provider.sign(good())), "the token is encrypted"),
                // 98: the published key as a secret
                Arguments.of("a MAC by the published key", mac(published), NOT_ACCEPTED),
                Arguments.of(
                        "an algorithm that is not configured",
                        TestProvider.sign(
                                new JWSHeader.Builder(JWSAlgorithm.RS512)
                                        .keyID(provider.key().getKeyID())
                                        .build(),
                                good(),
                                provider.key()),
                        NOT_ACCEPTED),
                // 99 and 100: keys of the attacker's
                Arguments.of(
                        "another key of the same id",
                        TestProvider.sign(provider.header().build(), good(), own),
                        "the token's signature is not one of the provider's keys"),
                Arguments.of("a path as a key's id", header(header -> header.keyID("../../keys'--")), NO_KEY),
                Arguments.of(
                        "the attacker's key in the header",
                        TestProvider.sign(
                                provider.header().jwk(own.toPublicJWK()).build(), good(), own),
                        "the token's signature is not one of the provider's keys"),
                Arguments.of(
                        "keys at an address of the attacker's",
                        TestProvider.sign(
                                provider.header()
                                        .jwkURL(URI.create(stranger.issuer() + "/keys"))
                                        .x509CertURL(URI.create(stranger.issuer() + "/keys"))
                                        .build(),
                                good(),
                                stranger.key()),
                        "the token's signature is not one of the provider's keys"),
                Arguments.of(
                        "a header that must be understood",
                        header(header -> header.criticalParams(Set.of("exp")).customParam("exp", 1)),
                        "the token's signature is not one of the provider's keys"),
                // 101: not for us, or no access token
                Arguments.of(
                        "another issuer",
                        token(claims -> claims.issuer("https://other.example")),
                        "the token does not"),
                Arguments.of("no issuer", token(claims -> claims.issuer(null)), "the token does not"),
                Arguments.of(
                        "an issuer with one more character",
                        token(claims -> claims.issuer(provider.issuer() + "/")),
                        "the token does not"),
                Arguments.of("another audience", token(claims -> claims.audience("other")), "the token does not"),
                Arguments.of(
                        "several other audiences",
                        token(claims -> claims.audience(List.of("other", "Icespar"))),
                        "the token does not"),
                Arguments.of("no audience", token(claims -> claims.audience((String) null)), "the token does not"),
                Arguments.of("another client's token", token(claims -> claims.claim("azp", "other")), OTHER_CLIENT),
                Arguments.of(
                        "another client's token, of RFC 9068",
                        token(claims -> claims.claim("azp", null).claim("client_id", "other")),
                        OTHER_CLIENT),
                Arguments.of(
                        "clients in a list", token(claims -> claims.claim("azp", List.of("icespar"))), OTHER_CLIENT),
                Arguments.of(
                        "an ID token",
                        token(claims -> claims.claim("scope", null).claim("nonce", "n")),
                        NO_ACCESS_TOKEN),
                Arguments.of("a bare ID token", token(claims -> claims.claim("scope", null)), NO_ACCESS_TOKEN),
                Arguments.of(
                        "an ID token with a scope", token(claims -> claims.claim("at_hash", "h")), NO_ACCESS_TOKEN),
                Arguments.of("Keycloak's ID token", token(claims -> claims.claim("typ", "ID")), NO_ACCESS_TOKEN),
                Arguments.of(
                        "Keycloak's refresh token", token(claims -> claims.claim("typ", "Refresh")), NO_ACCESS_TOKEN),
                Arguments.of("a logout token", header(header -> header.type(new JOSEObjectType("logout+jwt"))), NO_KEY),
                // 102: times
                Arguments.of("no end", token(claims -> claims.expirationTime(null)), "the token does not"),
                Arguments.of("not yet", token(claims -> claims.notBeforeTime(in(120))), "the token does not"),
                Arguments.of(
                        "made in the future",
                        token(claims -> claims.issueTime(in(120))),
                        "the token is of a time to come"),
                Arguments.of(
                        "an end far away",
                        token(claims -> claims.expirationTime(in(10L * 366 * 86_400))),
                        "the token expires in more than a year"),
                Arguments.of(
                        "an end in milliseconds",
                        token(claims -> claims.expirationTime(
                                Date.from(Instant.ofEpochSecond(Instant.now().toEpochMilli())))),
                        "the token expires in more than a year"),
                // 104: names and roles of other forms
                Arguments.of(
                        "no name", token(claims -> claims.claim("preferred_username", null)), "the claim `preferred"),
                Arguments.of(
                        "a name that is a list",
                        token(claims -> claims.claim("preferred_username", List.of("ann"))),
                        "the claim `preferred"),
                Arguments.of(
                        "a name that looks like another",
                        token(claims -> claims.claim("preferred_username", "ann\u200b")),
                        "the claim `preferred"),
                Arguments.of(
                        "a role that is a number",
                        token(claims -> claims.claim("groups", List.of("user", 1))),
                        "the claim `groups` is neither"),
                Arguments.of(
                        "roles in an object",
                        token(claims -> claims.claim("groups", Map.of("user", true))),
                        "the claim `groups` is neither"),
                Arguments.of(
                        "roles in lists",
                        token(claims -> claims.claim("groups", List.of(List.of("user")))),
                        "the claim `groups` is neither"),
                // 105: nested
                Arguments.of("deeply nested", withHeader("{\"a\":" + "[".repeat(3_000), false), "the token is no JWT"),
                Arguments.of("no token", "x", "the token is no JWT"),
                Arguments.of("blanks inside", "a b", "the token is malformed"),
                Arguments.of("two in one", provider.sign(good()) + ", Basic YTpi", "the token is malformed"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void isRefusedWithAReasonInTheAuditAndNoneToTheAttacker(String attack, String token, String reason)
            throws Exception {
        int fetched = stranger.requests("/keys");
        HttpResponse<String> answer = server.whoami(token);
        assertEquals(401, answer.statusCode(), answer.body());
        assertEquals("log in with a user and its password or an access token\n", answer.body());
        List<String> challenges = answer.headers().allValues("WWW-Authenticate");
        assertEquals(2, challenges.size(), challenges.toString());
        String metadata = server.uri() + "/.well-known/oauth-protected-resource";
        assertEquals(
                "Bearer realm=\"icespar\", resource_metadata=\"" + metadata + "\", error=\"invalid_token\"",
                challenges.get(1));
        String recorded = server.refusals().get(0);
        assertTrue(recorded.contains(": " + reason), recorded);
        assertEquals(fetched, stranger.requests("/keys"));
        assertEquals(401, server.avatica(bearer(token), "{}").statusCode());
    }

    @Test
    void aTokenAsItShouldBeIsAccepted() throws Exception {
        assertEquals(200, server.whoami(provider.sign(good())).statusCode());
    }

    @Test
    void anExpiredTokenIsToldToWhoeverHadIt() throws Exception {
        HttpResponse<String> answer = server.whoami(token(claims -> claims.expirationTime(in(-31))));
        assertEquals(401, answer.statusCode());
        assertEquals("the login has expired: log in again\n", answer.body());
        assertTrue(
                answer.headers()
                        .allValues("WWW-Authenticate")
                        .get(1)
                        .endsWith(", error=\"invalid_token\", error_description=\"the access token has expired\""),
                answer.headers().toString());
        assertEquals("ann: the token has expired", server.refusals().get(0));
    }

    @Test
    void ofAnExpiredTokenForOthersNothingIsTold() throws Exception {
        for (String expired : List.of(
                token(claims -> claims.expirationTime(in(-31)).audience("other")),
                token(claims -> claims.expirationTime(in(-31)).claim("azp", "other")),
                token(claims -> claims.expirationTime(in(-31)).claim("typ", "ID")))) {
            HttpResponse<String> answer = server.whoami(expired);
            assertEquals(401, answer.statusCode());
            assertEquals("log in with a user and its password or an access token\n", answer.body());
        }
    }

    @Test
    void clocksMayDifferALittle() throws Exception {
        assertEquals(
                200,
                server.whoami(token(claims -> claims.expirationTime(in(-20)))).statusCode());
        assertEquals(
                200,
                server.whoami(token(claims -> claims.notBeforeTime(in(20)))).statusCode());
        assertEquals(
                200, server.whoami(token(claims -> claims.issueTime(in(20)))).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "ADMIN", "Admin"})
    void aLocalUserWithAPasswordIsNobodyOfTheProviders(String name) throws Exception {
        HttpResponse<String> answer = server.whoami(provider.token(name, "user"));
        assertEquals(401, answer.statusCode());
        assertEquals(
                name + ": the user of that name logs in by password, not through a provider",
                server.refusals().get(0));
    }

    @Test
    void aNameThatDiffersInCaseOnlyIsNotTheUserHere() throws Exception {
        assertEquals(401, server.whoami(provider.token("ROSE", "user")).statusCode());
        assertEquals(
                "ROSE: there is a user whose name differs in case only",
                server.refusals().get(0));
        assertEquals("3", server.total(provider.token("rose", "user")));
    }

    @Test
    void aRequestWithTwoLoginsIsRefused() throws Exception {
        String token = bearer(provider.sign(good()));
        assertEquals(
                400, server.get("/whoami", token, basic("admin", "changeit")).statusCode());
        assertEquals(
                400, server.get("/whoami", basic("admin", "changeit"), token).statusCode());
        assertEquals(400, server.get("/whoami", token, token).statusCode());
        assertEquals(
                401,
                server.get("/whoami", basic("admin", "changeit") + ", " + token).statusCode());
    }

    @Test
    void aTokenElsewhereIsNotLookedAt() throws Exception {
        String token = provider.sign(good());
        HttpResponse<String> answer = server.get("/whoami?access_token=" + token);
        assertEquals(401, answer.statusCode());
        assertFalse(answer.body().contains(token));
        assertFalse(
                String.join(" ", answer.headers().allValues("WWW-Authenticate")).contains("error"));
    }

    @Test
    void unknownKeysDoNotFloodTheProvider() throws Exception {
        server.whoami(provider.sign(good()));
        int before = provider.requests("/keys");
        for (int i = 0; i < 20; i++) {
            int id = i;
            assertEquals(
                    401,
                    server.whoami(header(header -> header.keyID("unknown " + id)))
                            .statusCode());
        }
        assertTrue(provider.requests("/keys") - before <= 2, "fetched " + (provider.requests("/keys") - before));
        assertEquals(200, server.whoami(provider.sign(good())).statusCode());
    }

    @Test
    void aConnectionIsNotAnothers() throws Exception {
        String ann = bearer(provider.token("owner", "user"));
        assertEquals(200, server.open(ann, "owned").statusCode());
        assertEquals("113", SmallServer.value(server.query(ann, "owned", SmallServer.TOTAL)));
        String mallory = bearer(provider.token("OWNER", "user"));
        HttpResponse<String> answer = server.query(mallory, "owned", SmallServer.TOTAL);
        assertTrue(answer.body().contains("NoSuchConnection") || answer.statusCode() != 200, answer.body());
        assertFalse(answer.body().contains("113"), answer.body());
    }
}
