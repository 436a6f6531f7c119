package io.icespar.security.plugin;

import static io.icespar.security.store.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.entitlement.Entitlements;
import io.icespar.security.entitlement.EntitlementsProvider;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.AuthorityComparator;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.SecurityFacade;
import io.icespar.security.store.Fixture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is plugged in, and that it cannot fail in a way of its own. */
class PluginsTest {
    private static final Caller BOB = new Caller(Name.of("bob"), Set.of(), Map.of("given", "yes"));
    private static final AuthorityComparator BY_LENGTH = (left, right) ->
            Integer.compare(left.spelling().length(), right.spelling().length());

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("canary"),
                new NoClassDefFoundError("canary"),
                new StackOverflowError("canary"),
                new IcesparException(ErrorCode.UNDEFINED_TABLE, "canary"));
    }

    /** A plug-in of every kind, which does nothing but throw. */
    private record Failing(Throwable failure) implements AuthorityComparator, SecurityFacade, EntitlementsProvider {
        @Override
        public int compare(Name left, Name right) {
            if (left.equals(right)) {
                return 0;
            }
            throw thrown();
        }

        @Override
        public Map<String, Object> claims(Caller authenticated) {
            throw thrown();
        }

        @Override
        public Entitlements entitlements() {
            throw thrown();
        }

        private RuntimeException thrown() {
            if (failure instanceof Error error) {
                throw error;
            }
            return (RuntimeException) failure;
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFacadeThatFailsRefusesAndIsNotQuoted(Throwable failure) {
        SecurityFacade facade = Plugins.none().withFacade(new Failing(failure)).facade();
        assertRefused(
                ErrorCode.PLUGIN,
                "the security facade that is plugged in failed: tell who runs the server",
                () -> facade.claims(BOB));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aComparatorThatFailsRefusesAndIsNotQuoted(Throwable failure) {
        AuthorityComparator comparator =
                Plugins.none().withAuthorities(new Failing(failure)).authorities(List.of());
        assertRefused(
                ErrorCode.PLUGIN,
                "the authority comparator that is plugged in failed: tell who runs the server",
                () -> comparator.compare(Name.of("a"), Name.of("b")));
    }

    @Test
    void aProviderThatFailsEndsTheStartAndIsNotQuoted() {
        EntitlementsProvider failing = new Failing(new IllegalStateException("canary"));
        IcesparException refusal = assertRefused(
                ErrorCode.CONFIGURATION,
                () -> Plugins.none().withProvider(failing).entitlements());
        assertTrue(refusal.getMessage().startsWith("the entitlements provider `io.icespar"), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("canary"));
    }

    @Test
    void claimsAreThoseOfTheMomentTheyWereAskedFor() {
        List<Object> regions = new ArrayList<>(List.of("EU"));
        Map<String, Object> address = new HashMap<>(Map.of("regions", regions));
        Map<String, Object> claims = new HashMap<>(Map.of("address", address));
        claims.put("nothing", null);
        Map<String, Object> copy =
                Plugins.none().withFacade(caller -> claims).facade().claims(BOB);
        regions.add("US");
        address.clear();
        claims.clear();
        assertEquals(Map.of("address", Map.of("regions", List.of("EU"))), copy);
    }

    @Test
    void claimsWithoutAnEndAreAFailure() {
        Map<String, Object> endless = new HashMap<>();
        endless.put("self", endless);
        assertRefused(
                ErrorCode.PLUGIN,
                () -> Plugins.none().withFacade(caller -> endless).facade().claims(BOB));
    }

    @Test
    void withoutAFacadeClaimsAreThoseOfAuthentication() {
        assertEquals(BOB.claims(), Plugins.none().facade().claims(BOB));
    }

    @Test
    void thereIsOneAuthorityAtMost() {
        assertEquals(
                -1,
                Plugins.none()
                        .withAuthorities(BY_LENGTH)
                        .authorities(List.of())
                        .compare(Name.of("zz"), Name.of("aaa")));
        assertEquals(1, Plugins.none().authorities(Fixture.names("a", "b")).compare(Name.of("b"), Name.of("a")));
        IcesparException two = assertRefused(
                ErrorCode.CONFIGURATION,
                () -> Plugins.none().withAuthorities(BY_LENGTH).withAuthorities(BY_LENGTH));
        assertTrue(two.getMessage().startsWith("more than one authority comparator is plugged in: [`"));
        assertRefused(
                ErrorCode.CONFIGURATION,
                () -> Plugins.none().withFacade(Caller::claims).withFacade(caller -> Collections.emptyMap()));
        assertTrue(assertRefused(
                        ErrorCode.CONFIGURATION,
                        () -> Plugins.none().withAuthorities(BY_LENGTH).authorities(Fixture.names("a")))
                .getMessage()
                .startsWith("`security.authorities` is configured, and an authority comparator `"));
    }
}
