package io.icespar.server.oidc;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.server.config.Addresses;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The provider as seen from here: what it says of itself, and the keys it signs with. It is asked when something is
 * needed, at most every few seconds, and what it said last holds for a while when it does not answer.
 */
public final class Provider {
    private static final Logger LOG = LoggerFactory.getLogger(Provider.class);

    /** What who logs in is told. */
    private static final String UNREACHABLE =
            "the identity provider does not answer: try again later, or log in by password";

    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 3_000;
    private static final int MAX_KEY_SET_BYTES = 256 * 1024;

    /** How long what the provider says of itself is not asked for again. */
    private static final Duration DESCRIBED = Duration.ofHours(1);

    /** How long nobody asks after it was asked in vain. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Duration KEYS_CACHED = Duration.ofMinutes(10);

    /** How long keys hold when new ones cannot be fetched. */
    private static final Duration KEYS_WITHOUT_PROVIDER = Duration.ofHours(1);

    /** Within this time keys are fetched twice at most, whatever keys tokens name. */
    private static final Duration KEYS_INTERVAL = Duration.ofSeconds(30);

    private final Issuer issuer;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();

    /** Written only by who is asking. */
    private volatile @Nullable Described described;

    /** Written only by who is asking. */
    private volatile Instant nextAttempt = Instant.MIN;

    private record Described(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys) {}

    private Provider(URI issuer, Clock clock) {
        this.issuer = new Issuer(issuer);
        this.clock = clock;
    }

    /**
     * Asks a provider for the first time, so that a mistake in the configuration is told at once. One that does not
     * answer is none: it will be asked again when it is needed.
     *
     * @throws IcesparException {@code CONFIGURATION} if what answers is not this provider
     */
    public static Provider start(URI issuer, Clock clock) {
        Provider provider = new Provider(issuer, clock);
        provider.ask();
        return provider;
    }

    private void ask() {
        try {
            described();
        } catch (IcesparException e) {
            if (e.getCause() instanceof GeneralException wrong) {
                throw new IcesparException(
                        ErrorCode.CONFIGURATION,
                        "`security.oidc.issuer` is `" + issuer
                                + "`, but what is published there is not what a provider of that name publishes: "
                                + wrong.getMessage(),
                        wrong);
            }
        }
    }

    /**
     * What the provider says of itself.
     *
     * @throws IcesparException {@code PROVIDER} if it never said anything, and does not answer
     */
    OIDCProviderMetadata metadata() {
        return described().metadata();
    }

    /** What the provider said of itself last; empty if it never did. */
    Optional<OIDCProviderMetadata> findMetadata() {
        return Optional.ofNullable(described).map(Described::metadata);
    }

    /**
     * The provider's keys that fit.
     *
     * @return empty if there are none, and too little time has passed since the provider was asked for new ones
     * @throws IcesparException {@code PROVIDER} if the provider does not answer
     */
    List<JWK> keys(JWKSelector selector) {
        try {
            return described().keys().get(selector, null);
        } catch (RateLimitReachedException e) {
            return List.of();
        } catch (KeySourceException e) {
            LOG.warn("event=provider-keys-unavailable issuer={} reason=\"{}\"", issuer, e.getMessage());
            throw new IcesparException(ErrorCode.PROVIDER, UNREACHABLE, e);
        }
    }

    private Described described() {
        Described present = described;
        if (clock.instant().isBefore(nextAttempt) || !asking.tryLock()) {
            if (present == null) {
                throw new IcesparException(ErrorCode.PROVIDER, UNREACHABLE);
            }
            return present;
        }
        try {
            return ask(described);
        } finally {
            asking.unlock();
        }
    }

    private Described ask(@Nullable Described former) {
        Instant now = clock.instant();
        try {
            Described answer = fetch(former);
            described = answer;
            nextAttempt = now.plus(DESCRIBED);
            if (former == null) {
                LOG.info("event=provider-found issuer={}", issuer);
            }
            return answer;
        } catch (GeneralException | IOException e) {
            nextAttempt = now.plus(PAUSE);
            LOG.warn("event=provider-unavailable issuer={} reason=\"{}\"", issuer, e.getMessage());
            if (former == null) {
                throw new IcesparException(ErrorCode.PROVIDER, UNREACHABLE, e);
            }
            return former;
        }
    }

    private Described fetch(@Nullable Described former) throws GeneralException, IOException {
        OIDCProviderMetadata metadata = description();
        URI keys = metadata.getJWKSetURI();
        if (keys == null || !Addresses.isSafe(keys)) {
            throw new GeneralException("its `jwks_uri` is no address that can be asked safely");
        }
        if (former != null && keys.equals(former.metadata().getJWKSetURI())) {
            return new Described(metadata, former.keys());
        }
        return new Described(metadata, keySource(keys.toURL()));
    }

    private OIDCProviderMetadata description() throws GeneralException, IOException {
        try {
            return OIDCProviderMetadata.resolve(issuer, Provider::configure);
        } catch (RuntimeException | StackOverflowError e) {
            // The parser is not made for all that may be published, as an issuer that is empty.
            throw new GeneralException("it is malformed", e);
        }
    }

    private static JWKSource<SecurityContext> keySource(URL address) {
        return JWKSourceBuilder.create(address, new KeyRetriever())
                .cache(KEYS_CACHED.toMillis(), CONNECT_MILLIS + READ_MILLIS)
                .refreshAheadCache(false)
                .rateLimited(KEYS_INTERVAL.toMillis())
                .outageTolerant(KEYS_WITHOUT_PROVIDER.toMillis())
                .build();
    }

    /** Sends a request to the provider, which ends soon, and goes where it says. */
    static HTTPResponse send(HTTPRequest request) throws IOException {
        configure(request);
        return request.send();
    }

    private static void configure(HTTPRequest request) {
        request.setConnectTimeout(CONNECT_MILLIS);
        request.setReadTimeout(READ_MILLIS);
        request.setFollowRedirects(false);
    }

    /** The error that the provider did not answer, or what it answered was no answer; the reason is for the log. */
    IcesparException unreachable(String reason) {
        // Some of it may be the provider's words.
        LOG.warn(
                "event=provider-unavailable issuer={} reason=\"{}\"", issuer, reason.replaceAll("[\\p{Cntrl}\"]", "?"));
        return new IcesparException(ErrorCode.PROVIDER, UNREACHABLE);
    }

    /** The endpoint, if the provider has it and it can be asked safely. */
    static Optional<URI> endpoint(@Nullable URI address) {
        return Optional.ofNullable(address).filter(Addresses::isSafe);
    }

    /** Fetches keys from nowhere but where the provider said they are. */
    private static final class KeyRetriever extends DefaultResourceRetriever {
        KeyRetriever() {
            super(CONNECT_MILLIS, READ_MILLIS, MAX_KEY_SET_BYTES);
        }

        @Override
        protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
            HttpURLConnection connection = super.openHTTPConnection(url);
            connection.setInstanceFollowRedirects(false);
            return connection;
        }
    }
}
