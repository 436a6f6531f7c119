package io.icespar.engine.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** KILL SWITCH for made-up queries: without the restricting stage they show that it is missing, and shrink to short ones. */
class GeneratedQueriesShrinkingTest {
    private static final int MOST_CHARACTERS = 120;

    @Test
    void withoutRestrictionsADifferenceIsFoundAndShrunkToAShortQuery() {
        var listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(UnrestrictedQueries.class))
                                .build(),
                        listener);
        var failures = listener.getSummary().getFailures();
        assertEquals(3, failures.size(), "properties that fail");
        failures.forEach(failure -> {
            String text = Objects.toString(failure.getException().getMessage());
            String query = text.substring(0, Math.max(0, text.indexOf(" ==> ")));
            assertTrue(query.startsWith("SELECT") && query.length() <= MOST_CHARACTERS, text);
        });
    }
}
