package io.icespar.engine.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The queries of the corpus as views, each read through another view. */
final class CorpusViews {
    private CorpusViews() {}

    /** The queries that can be views: those without parameters. */
    static List<CorpusQuery> queries() {
        return Corpus.queries().stream()
                .filter(query -> query.parameters().isEmpty())
                .toList();
    }

    /** The sample, once it has a view of each query. Its columns are called {@code c1} and so on. */
    static Sample in(Sample sample) {
        SampleSession admin = sample.session("admin");
        if (admin.sql("SHOW VIEWS").observation().rows().isEmpty()) {
            for (CorpusQuery query : queries()) {
                int width = admin.session().prepare(query.sql()).columns().size();
                List<String> columns = new ArrayList<>(
                        IntStream.rangeClosed(1, width).mapToObj(i -> "c" + i).toList());
                String list = String.join(", ", columns);
                sample.run(
                        "CREATE VIEW " + inner(query) + " (" + list + ") AS " + query.sql(),
                        "CREATE VIEW " + outer(query) + " AS SELECT x.* FROM " + inner(query) + " AS x");
            }
        }
        return sample;
    }

    private static String inner(CorpusQuery query) {
        return "\"" + name(query) + "\"";
    }

    private static String outer(CorpusQuery query) {
        return "\"view: " + name(query) + "\"";
    }

    /** The name of the query's view, without what begins that of the view that reads it. */
    static String name(CorpusQuery query) {
        return query.name().replace("'", "");
    }

    /** The query that gives the rows of the query's view. */
    static String sql(CorpusQuery query) {
        return "SELECT * FROM " + outer(query);
    }
}
