package io.icespar.server.config;

import static io.icespar.engine.config.Problems.quote;

import io.icespar.engine.config.SettingsFile.Section;
import io.icespar.engine.config.SettingsFile.Text;
import io.icespar.security.identity.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The OpenID Connect provider whose users may log in: {@code oidc} in the section {@code security}.
 *
 * @param issuer {@code issuer}: the provider's address, below which it publishes what it can do; {@code https}, or
 *     {@code http} on this machine
 * @param clientId {@code client-id}: what the provider knows this server as
 * @param clientSecret {@code client-secret}, or what the file {@code client-secret-file} or the environment variable
 *     {@value #SECRET_VARIABLE} holds; none by default
 * @param driverClientId {@code driver-client-id}: the public client that drivers log in as; {@code client-id} by default
 * @param scopes {@code scopes}: what a login asks for; {@code openid}, which must be among them, by default
 * @param nameClaim {@code name-claim}: the claim that is the user's name; {@code sub} by default
 * @param rolesClaims {@code roles-claims}: the claims that hold the provider's roles, each a key or a path of keys; none
 *     by default
 * @param tokenFormat {@code access-token-format}: {@code jwt} by default
 * @param audiences {@code audiences}: a token must be for one of them; {@code client-id} by default
 * @param authorizedParties {@code authorized-parties}: the clients that a token may have been given to; {@code client-id}
 *     and {@code driver-client-id} by default
 * @param algorithms {@code algorithms}: how a token may be signed; {@code RS256} and {@code ES256} by default
 * @param sessions {@code sessions}: how long people stay logged in with a browser
 */
public record OidcSettings(
        URI issuer,
        String clientId,
        Optional<Secret> clientSecret,
        String driverClientId,
        List<String> scopes,
        String nameClaim,
        List<List<String>> rolesClaims,
        TokenFormat tokenFormat,
        Set<String> audiences,
        Set<String> authorizedParties,
        Set<String> algorithms,
        Sessions sessions) {
    /** The environment variable that holds the client's secret, where the file does not. */
    public static final String SECRET_VARIABLE = "ICESPAR_OIDC_CLIENT_SECRET";

    private static final String OPENID = "openid";
    private static final Pattern WORD = Pattern.compile("\\S+");

    /** Signatures that need the provider's private key: what is published makes none of them. */
    private static final List<String> KNOWN_ALGORITHMS =
            List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    /** What access tokens are. */
    public enum TokenFormat {
        /** Signed, and checked by the provider's keys. */
        JWT,
        /** The provider is asked what they are. */
        OPAQUE
    }

    /**
     * How long people stay logged in with a browser.
     *
     * @param idle {@code idle-minutes}: without a request; 30 minutes by default
     * @param max {@code max-minutes}: in all; 480 minutes by default
     */
    public record Sessions(Duration idle, Duration max) {
        private static final int MINUTES_OF_A_YEAR = 366 * 24 * 60;

        /** Where nothing is said. */
        public static final Sessions DEFAULT = new Sessions(Duration.ofMinutes(30), Duration.ofHours(8));

        private static Sessions from(Section sessions) {
            return new Sessions(
                    minutes(sessions, "idle-minutes", DEFAULT.idle()), minutes(sessions, "max-minutes", DEFAULT.max()));
        }

        private static Duration minutes(Section sessions, String key, Duration defaultValue) {
            return Duration.ofMinutes(sessions.number(key, 1, MINUTES_OF_A_YEAR, (int) defaultValue.toMinutes()));
        }
    }

    /** Copies. */
    public OidcSettings {
        scopes = List.copyOf(scopes);
        rolesClaims = rolesClaims.stream().map(List::copyOf).toList();
        audiences = Set.copyOf(audiences);
        authorizedParties = Set.copyOf(authorizedParties);
        algorithms = Set.copyOf(algorithms);
    }

    /** Reads the section; a secret that is not in the file is looked up in the environment. */
    static OidcSettings from(Section oidc, Map<String, String> environment) {
        URI issuer = issuer(oidc);
        String clientId = oidc.text("client-id");
        String driverClientId = oidc.text("driver-client-id", clientId);
        return new OidcSettings(
                issuer,
                clientId,
                secret(oidc, environment),
                driverClientId,
                scopes(oidc),
                oidc.text("name-claim", "sub"),
                oidc.paths("roles-claims"),
                oidc.choice("access-token-format", TokenFormat.JWT),
                set(oidc, "audiences", Set.of(clientId)),
                set(oidc, "authorized-parties", both(clientId, driverClientId)),
                algorithms(oidc),
                oidc.findSection("sessions").map(Sessions::from).orElse(Sessions.DEFAULT));
    }

    private static URI issuer(Section oidc) {
        String text = oidc.text("issuer");
        Optional<URI> issuer = Addresses.find(text);
        if (issuer.isEmpty() && !text.isEmpty()) {
            oidc.problem(
                    oidc.at("issuer"),
                    "`issuer` is " + quote(text)
                            + ", expected the provider's address, as `https://login.example.com/realm`, without `?` and"
                            + " `#`");
        } else if (issuer.isPresent() && !Addresses.isSafe(issuer.get())) {
            oidc.problem(
                    oidc.at("issuer"),
                    "`issuer` is " + quote(text)
                            + ", and without TLS anyone between can pass for the provider; expected"
                            + " `https`, or a loopback address");
        }
        return issuer.orElse(URI.create("https://unknown"));
    }

    private static Optional<Secret> secret(Section oidc, Map<String, String> environment) {
        try {
            return SecretSetting.find(oidc, "client-secret", environment, SECRET_VARIABLE)
                    .read();
        } catch (IOException e) {
            // A problem already.
            return Optional.empty();
        }
    }

    private static List<String> scopes(Section oidc) {
        List<Text> scopes = oidc.texts("scopes");
        Optional<Text> several = scopes.stream()
                .filter(scope -> !WORD.matcher(scope.value()).matches())
                .findFirst();
        List<String> values = scopes.stream().map(Text::value).toList();
        if (several.isPresent()) {
            oidc.problem(
                    several.get().at(),
                    "scope " + quote(several.get().value()) + " is no word: each is an item of its own");
        } else if (!values.isEmpty() && !values.contains(OPENID)) {
            oidc.problem(oidc.at("scopes"), "`scopes` lacks `openid`, without which a login says nothing of the user");
        }
        return values.isEmpty() ? List.of(OPENID) : values;
    }

    private static Set<String> algorithms(Section oidc) {
        for (Text algorithm : oidc.texts("algorithms")) {
            if (!KNOWN_ALGORITHMS.contains(algorithm.value())) {
                oidc.problem(
                        algorithm.at(),
                        "algorithm " + quote(algorithm.value()) + " cannot be accepted, expected some of "
                                + String.join(", ", KNOWN_ALGORITHMS));
            }
        }
        return set(oidc, "algorithms", Set.of("RS256", "ES256"));
    }

    private static Set<String> set(Section oidc, String key, Set<String> defaultValue) {
        List<Text> given = oidc.texts(key);
        Set<String> values = new LinkedHashSet<>();
        for (Text text : given) {
            if (text.value().isBlank()) {
                oidc.problem(text.at(), "an item of " + quote(key) + " is empty");
            }
            values.add(text.value());
        }
        return values.isEmpty() ? defaultValue : values;
    }

    private static Set<String> both(String one, String other) {
        return new LinkedHashSet<>(List.of(one, other));
    }
}
