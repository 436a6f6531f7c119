/**
 * The oracles of DESIGN §8 as fixtures, and the suites that ask them.
 *
 * <p>COPY compares a restricted user's answer with an unrestricted one's on data without the hidden rows; NI compares
 * two data sets that differ in hidden rows only; CANARY looks for a token that only hidden rows hold; the kill switch
 * runs all tests tagged {@code security} with a restricting stage that restricts nothing, and wants each to fail.
 */
@NullMarked
package io.icespar.engine.oracle;

import org.jspecify.annotations.NullMarked;
