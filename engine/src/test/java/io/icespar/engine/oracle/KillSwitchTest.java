package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.launcher.TagFilter.includeTags;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * KILL SWITCH: without the restricting stage, every test that claims to test security fails, each invocation of it, and
 * by what it asserts.
 */
class KillSwitchTest {

    /** Notes how the tests of a run ended. */
    private static final class Endings implements TestExecutionListener {
        private final List<String> failed = new ArrayList<>();
        private final List<String> notFailed = new ArrayList<>();

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            notFailed.add(test.getDisplayName() + ": skipped, " + test.getUniqueId());
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            boolean byAssertion = result.getThrowable()
                    .filter(AssertionError.class::isInstance)
                    .isPresent();
            boolean failedWell = result.getStatus() == TestExecutionResult.Status.FAILED && byAssertion;
            boolean containerThatRan =
                    test.isContainer() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
            if (test.isTest() && failedWell) {
                failed.add(test.getUniqueId());
            } else if (!containerThatRan) {
                notFailed.add(test.getDisplayName() + ": " + result + ", " + test.getUniqueId());
            }
        }
    }

    @Test
    void withoutRestrictionsEveryTestOfSecurityFails() {
        var endings = new Endings();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectPackage("io.icespar.engine"))
                                .filters(includeTags("security"))
                                .configurationParameter(Samples.RESTRICTING, "off")
                                .build(),
                        endings);
        assertEquals("", String.join("\n", endings.notFailed));
        assertTrue(
                endings.failed.size()
                        > 2 * SampleUser.values().length * Corpus.queries().size(),
                "only " + endings.failed.size() + " tests were run");
    }
}
