/**
 * The benchmarks of whole systems and of small pieces, each of which measures one or more rows of the table of targets. They
 * differ in what they ask; how it is measured, started and told is in the packages beside this one.
 */
@NullMarked
package io.icespar.benchmark.suite;

import org.jspecify.annotations.NullMarked;
