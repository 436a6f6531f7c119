package io.icespar.engine.oracle;

import io.icespar.engine.Session;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user's session with a sample: {@code session("french-user").sql("SELECT …").returns("…")}. */
public record SampleSession(Session session) {

    /** A statement, with the values of its parameters, that is prepared and executed when its answer is asked for. */
    public SampleStatement sql(String sql, @Nullable Object... parameters) {
        return new SampleStatement(
                () -> session.prepare(sql),
                session,
                Arrays.<@Nullable Object>asList(parameters),
                Corpus.isOrdered(sql));
    }

    /** A statement that is prepared now, and executed again each time its answer is asked for. */
    public SampleStatement prepared(String sql, @Nullable Object... parameters) {
        Session.Prepared prepared = session.prepare(sql);
        return new SampleStatement(
                () -> prepared, session, Arrays.<@Nullable Object>asList(parameters), Corpus.isOrdered(sql));
    }

    /** What the session shows of a query of the corpus. */
    Observation observe(CorpusQuery query) {
        List<@Nullable Object> parameters = query.parameters();
        return new SampleStatement(
                        () -> session.prepare(query.sql()), session, parameters, Corpus.isOrdered(query.sql()))
                .observation();
    }

    /** What the session shows of a query's plan. */
    Observation explain(CorpusQuery query) {
        return new SampleStatement(
                        () -> session.prepare("EXPLAIN PLAN FOR " + query.sql()), session, query.parameters(), true)
                .observation();
    }
}
