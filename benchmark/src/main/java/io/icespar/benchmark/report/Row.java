package io.icespar.benchmark.report;

import static io.icespar.benchmark.report.Criterion.atLeast;
import static io.icespar.benchmark.report.Criterion.atMost;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A row of the table of targets. Figures are ratios of what Icespar takes to what the other takes, unless their name says
 * otherwise: below 1 is faster.
 */
public enum Row {
    /** What a restricted caller waits beside an unrestricted one without Icespar. */
    TPCH_RESTRICTED(
            "tpch",
            "22 TPC-H queries, restricted, beside the same queries unrestricted on DuckDB itself",
            atMost("geometric mean", 1),
            atMost("slowest query", 1.5)),
    /** The same policies in another product. */
    TPCH_POSTGRESQL(
            "tpch",
            "the same beside PostgreSQL with row-level security, the same policies and indexes",
            atLeast("times faster, geometric mean", 12),
            atMost("queries that are slower", 1)),
    /** What Icespar costs who is not restricted. */
    TPCH_UNRESTRICTED(
            "tpch",
            "the same unrestricted, through the driver, beside DuckDB itself in process",
            atMost("geometric mean", 1.03)),
    /** From the text of a query to the backend's. */
    PLANNING_UNSEEN(
            "planning",
            "planning of a statement not seen before, all 22, restricted, warm Java",
            atMost("median ms", 5)),
    /** Whether plans are found again. */
    PLANNING_SEEN(
            "planning",
            "planning of a statement seen before, by another caller with the same shape of rights",
            atMost("median µs", 50)),
    /** The shortest query there is. */
    POINT(
            "point",
            "point query by key, one connection, p50, beside DuckDB in process, unprepared",
            atMost("p50 ratio", 1),
            atMost("p50 ratio, restricted", 1)),
    /** Many at once. */
    DASHBOARD(
            "dashboard",
            "dashboard of 20 small aggregates, 32 connections, 8 different users, beside DuckDB in process with as many"
                    + " threads",
            atLeast("throughput ratio", 0.9),
            atMost("p99 / p50", 5),
            atLeast("slowest caller's share", 0.5)),
    /** Many rows. */
    ROWS(
            "rows",
            "1,000,000 × 16 `lineitem` rows to the client, every value read",
            atLeast("rows/s beside pgjdbc", 1),
            atLeast("rows/s beside stock Avatica", 15),
            atMost("server memory, all rows beside a quarter", 1.1),
            atMost("client memory, all rows beside a quarter", 1.1)),
    /** Tables that are loaded. */
    LOAD("load", "CSV load of `lineitem`, beside DuckDB's own `COPY` of the same file", atMost("ratio", 1.1)),
    /** A server that is started. */
    START(
            "start",
            "start of the distribution to the first answered query on the sample, warm disk",
            atMost("seconds", 2)),
    /** What grows with what. */
    CURVES(
            "curves",
            "1 → 10,000 roles; 1 → 1,000 restrictions; values in a list up to 100,000; 1 → 5 reference hops: planning and"
                    + " execution grow as the effective condition does, not as the store does",
            atMost("planning, most roles beside one", 1.2),
            atMost("execution, most roles beside one", 1.2),
            atMost("planning, most restrictions of others beside one", 1.2),
            atMost("execution, most restrictions of others beside one", 1.2)),
    /** Ten times the data. */
    SCALE(
            "scale",
            "ten times the scale factor: how much longer the 22 queries take, beside how much longer on DuckDB itself",
            atMost("growth ratio, unrestricted", 1),
            atMost("growth ratio, restricted", 1)),
    /** What asking a cube costs. */
    SSB("ssb", "13 queries of the Star Schema Benchmark on a cube, beside SQL on DuckDB itself"),
    /** What it costs to compute nothing of hidden rows. */
    BARRIER(
            "barrier",
            "queries whose expressions can fail, half of the rows hidden, beside conditions written by hand on DuckDB,"
                    + " which computes them of hidden rows as well"),
    /** What many rights cost. */
    RIGHTS("rights", "many roles, many restrictions and long lists of values, beside one of each"),
    /** What it costs to know who asks. */
    LOGINS("logins", "small requests with a password or a token, beside a server that asks nobody who they are");

    private final String benchmark;
    private final String what;
    // A copy that nobody can change.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Criterion> criteria;

    Row(String benchmark, String what, Criterion... criteria) {
        this.benchmark = benchmark;
        this.what = what;
        this.criteria = List.of(criteria);
    }

    /** The row of a name that {@link #id} gives. */
    @JsonCreator
    static Row of(String id) {
        return Arrays.stream(values())
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such row: " + id));
    }

    /** The name of its files. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name of the benchmark that measures it. */
    public String benchmark() {
        return benchmark;
    }

    /** What is measured. */
    public String what() {
        return what;
    }

    /** The target: all of these; none if there is no target. */
    public List<Criterion> criteria() {
        return criteria;
    }
}
