/**
 * What is said of what was measured: the rows of the table of targets, a JSON file and charts for each row, and the page
 * {@code docs/performance.md}, which is made from these files alone. Nothing here measures.
 */
@NullMarked
package io.icespar.benchmark.report;

import org.jspecify.annotations.NullMarked;
