package io.icespar.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** KILL SWITCH for the model: without the restricting stage a difference is found, and told in a few steps. */
class ModelShrinkingTest {
    private static final String BEFORE = "Run failed after the following actions: [";

    @Test
    void aDifferenceIsFoundAndShrunkToTheStepsThatMakeIt() {
        var listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(UnrestrictedModel.class))
                                .build(),
                        listener);
        var failures = listener.getSummary().getFailures();
        assertEquals(1, failures.size());
        String text = Objects.toString(failures.get(0).getException().getMessage());
        assertTrue(text.contains(BEFORE), text);
        List<String> steps = text.substring(text.indexOf(BEFORE) + BEFORE.length(), text.indexOf("\n]"))
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        // One that restricts, and a question; nothing less can make a difference.
        assertEquals(2, steps.size(), text);
    }
}
