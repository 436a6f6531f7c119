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
 * KILL SWITCH: without the restricting stage, every test that claims to test security fails, and by what it asserts.
 *
 * <p>Of a test with arguments, not all combinations are tried, which would be the same few reasons to fail thousands of
 * times: {@link Samples} leaves out what is neither the first invocation of a test nor has an argument that is new to its
 * class. So each test is seen to fail, and each query, user, expression and place to make a test of its class fail.
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
            boolean leftOut = result.getStatus() == TestExecutionResult.Status.ABORTED
                    && result.getThrowable()
                            .filter(thrown ->
                                    String.valueOf(thrown.getMessage()).endsWith(Samples.LEFT_OUT))
                            .isPresent();
            boolean containerThatRan =
                    test.isContainer() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
            if (test.isTest() && failedWell) {
                failed.add(test.getUniqueId());
            } else if (!leftOut && !containerThatRan) {
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
                endings.failed.size() > 5 * Corpus.queries().size(),
                "only " + endings.failed.size() + " tests were run");
    }
}
