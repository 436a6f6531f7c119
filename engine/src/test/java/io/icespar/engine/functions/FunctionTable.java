package io.icespar.engine.functions;

import com.google.common.base.Splitter;
import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Column;
import io.icespar.engine.catalog.ColumnType;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.plan.Failures;
import io.icespar.engine.sql.KnownOperators;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.engine.sql.Statement;
import io.icespar.engine.sql.ValidatedQuery;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperator;

/** {@code docs/functions.md}, from the table of operators and the examples. */
final class FunctionTable {
    private static final Splitter LINES = Splitter.on('\n').omitEmptyStrings();
    private static final Pattern WORD = Pattern.compile("[A-Z][A-Z0-9_]*");

    /** Signs of Calcite's for what is written otherwise. */
    private static final Set<String> UNWRITTEN = Set.of("/INT", "Reinterpret", "SEARCH", "TRANSLATE3");

    /** What other pages tell of. */
    private static final Set<String> ELSEWHERE = Set.of("AGGREGATE", "CONTEXT_VALUE");

    private final List<Example> examples;
    private final List<SqlOperator> operators;
    private final SqlFrontend frontend;

    FunctionTable(List<Example> examples) {
        this.examples = List.copyOf(examples);
        this.operators = KnownOperators.all();
        this.frontend = new SqlFrontend(new Catalog(List.of(new Table(
                TableName.of("small", "t"),
                Things.COLUMNS.stream().map(FunctionTable::column).toList(),
                List.of(Name.of("id")),
                List.of()))));
    }

    private static Column column(String text) {
        int name = text.indexOf(' ');
        String type = text.substring(name + 1).replace(" NOT NULL", "");
        return new Column(
                Name.of(text.substring(0, name)), ColumnType.parse(type).orElseThrow(), !text.endsWith("NOT NULL"));
    }

    /** The names of operators that are supported and have no example. */
    Set<String> withoutExample() {
        Set<String> names = examples.stream().map(Example::name).collect(Collectors.toSet());
        return operators.stream()
                .filter(KnownOperators::isSupported)
                .map(SqlOperator::getName)
                .filter(name ->
                        !UNWRITTEN.contains(name) && !names.contains(name) && !names.contains("{fn " + name + "}"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private ValidatedQuery validated(String sql) {
        Caller caller = new Caller(Name.of("reader"), Set.of(Name.of("ROLE_USER")));
        return ((Statement.Query)
                        frontend.statement(sql, Optional.of(Name.of("small")), caller, ContextSettings.none()))
                .query();
    }

    /** Whether it may fail, and so is never computed of a row that the caller may not see. */
    boolean mayFail(Example example) {
        return Failures.possible(validated(example.sql()).root().rel);
    }

    String markdown() {
        var text = new StringBuilder(HEAD);
        for (Example example : examples) {
            if (example.difference().isPresent()) {
                continue;
            }
            ValidatedQuery query = validated(example.sql());
            text.append("| ")
                    .append(code(example.name()))
                    .append(" | ")
                    .append(forms(example.name()))
                    .append(" | ")
                    .append(code(shortened(example)))
                    .append(" | ")
                    .append(query.root().validatedRowType.getFieldList().stream()
                            .skip(example.isQuery() && example.text().startsWith("SELECT id,") ? 1 : 0)
                            .map(RelDataTypeField::getType)
                            .map(type -> type.getSqlTypeName().getName())
                            .distinct()
                            .collect(Collectors.joining(", ")))
                    .append(" | ")
                    .append(example.isQuery() ? "" : mayFail(example) ? "yes" : "no")
                    .append(" |\n");
        }
        text.append(DIFFERENCES);
        text.append(reasons(Example::difference));
        text.append(OTHER_TYPES).append(reasons(Example::otherType));
        return text.append(REFUSED).append(refused()).append(".\n").toString();
    }

    private String reasons(Function<Example, Optional<String>> reason) {
        return examples.stream()
                .flatMap(example ->
                        reason.apply(example).stream().map(why -> "| " + code(example.text()) + " | " + why + " |\n"))
                .collect(Collectors.joining());
    }

    private static String shortened(Example example) {
        return example.text().length() <= 90
                ? example.text()
                : example.text().substring(0, example.text().lastIndexOf(", ", 90)) + ", …";
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }

    private String forms(String name) {
        return operators.stream()
                .filter(operator -> operator.getName().equals(name))
                .map(FunctionTable::forms)
                .flatMap(forms -> LINES.splitToStream(forms))
                .map(form -> form.replace("'", ""))
                .distinct()
                .map(FunctionTable::code)
                .collect(Collectors.joining("<br>"));
    }

    // Some have a grammar of their own, and no forms.
    private static String forms(SqlOperator operator) {
        try {
            return operator.getAllowedSignatures();
        } catch (RuntimeException | AssertionError e) {
            return "";
        }
    }

    private String refused() {
        Set<String> known = examples.stream().map(Example::name).collect(Collectors.toSet());
        Predicate<SqlOperator> refused = operator -> !ELSEWHERE.contains(operator.getName())
                && !KnownOperators.isSupported(operator)
                && operator instanceof SqlFunction
                && WORD.matcher(operator.getName()).matches()
                && !known.contains(operator.getName().toUpperCase(Locale.ROOT));
        return operators.stream()
                .filter(refused)
                .map(SqlOperator::getName)
                .distinct()
                .sorted()
                .map(FunctionTable::code)
                .collect(Collectors.joining(", "));
    }

    private static final String HEAD = """
            # Functions

            This page is written by `FunctionsTest`, which runs every example in it through the whole engine, and compares what
            it gives, and the types that it declares, with what Calcite's own execution gives and its validator derives on the
            same rows, in which there are absent, empty, negative and extreme values. `ExpressionsTest` does so with queries that
            are made up. To write it anew: `./mvnw -pl engine -am test -Dtest=FunctionsTest -Dicespar.docs.write`.

            All of it runs in DuckDB, in words by which it means there what the standard or PostgreSQL does. What *may fail* is
            never computed of a row that the caller may not see; of aggregates and windows that holds always. A result that does
            not fit its type is an error, and so is a division by zero. Patterns, flags and replacements of `REGEXP_…` and
            `SIMILAR TO` are written in the query; they are those of RE2, which takes no longer for one pattern than for another,
            and a dot is any character, line breaks included. Of several values that are the most frequent, `MODE` gives any;
            `APPROX_COUNT_DISTINCT` is off by some per cent where there are many.

            | name | forms | example | result | may fail |
            |---|---|---|---|---|
            """;

    private static final String DIFFERENCES = """

            ## Where Calcite's own execution gives something else

            | example | why |
            |---|---|
            """;

    private static final String OTHER_TYPES = """

            ## Where Calcite declares another type

            | example | why |
            |---|---|
            """;

    private static final String REFUSED = """

            ## Not supported

            These have a meaning to Calcite, and are refused by name:
            """;
}
