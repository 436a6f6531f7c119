package io.icespar.engine.sql;

import io.icespar.security.identity.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * The text of a view's query, as it is kept: with the schema before each table's name, and with columns for {@code *}. So
 * it means the same whatever a session's schema is, and whatever columns a table gets later.
 *
 * <p>Calcite writes what names stand for into the tree that it checks; whoever remembers the tree as it was parsed sees
 * there what is to be written out.
 */
final class ViewText {
    private final String sql;
    private final SqlParserPos open;
    private final SqlParserPos end;

    /** The names as they were parsed. */
    private final IdentityHashMap<SqlIdentifier, Integer> lengths = new IdentityHashMap<>();

    private final IdentityHashMap<SqlSelect, List<SqlIdentifier>> stars = new IdentityHashMap<>();

    /**
     * Remembers a query before it is checked.
     *
     * @param sql the statement in which it stands
     * @param open the token before it
     * @param end its last token
     */
    ViewText(String sql, SqlNode query, SqlParserPos open, SqlParserPos end) {
        this.sql = sql;
        this.open = open;
        this.end = end;
        query.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // a visitor of Void gives nothing
            public Void visit(SqlIdentifier identifier) {
                lengths.put(identifier, identifier.names.size());
                return null;
            }

            @Override
            @SuppressWarnings("NullAway") // as above
            public Void visit(SqlCall call) {
                if (call.getKind() == SqlKind.PIVOT || call.getKind() == SqlKind.UNPIVOT) {
                    // Its own names are of the query in it, and take no other before them.
                    return call.operand(0).accept(this);
                }
                if (call instanceof SqlSelect select) {
                    List<SqlIdentifier> found = starsOf(select);
                    if (!found.isEmpty()) {
                        stars.put(select, found);
                    }
                }
                super.visit(call);
                // What it selects makes no difference.
                if (call.getKind() == SqlKind.EXISTS && call.operand(0) instanceof SqlSelect select) {
                    stars.remove(select);
                }
                return null;
            }
        });
    }

    private static List<SqlIdentifier> starsOf(SqlSelect select) {
        return select.getSelectList().stream()
                .filter(item -> item instanceof SqlIdentifier identifier && identifier.isStar())
                .map(SqlIdentifier.class::cast)
                .toList();
    }

    private record Change(int from, int to, String text) {}

    /** The text, once the query has been checked. */
    String written() {
        List<Change> changes = new ArrayList<>();
        lengths.forEach((identifier, length) -> {
            if (identifier.names.size() > length) {
                changes.add(change(identifier.getParserPosition(), quoted(identifier)));
            }
        });
        stars.forEach((select, found) -> found.forEach(star -> {
            List<SqlNode> columns = select.getSelectList().stream()
                    .filter(item -> item.getParserPosition().equals(star.getParserPosition()))
                    .toList();
            // What a natural join gives for two columns is no name.
            if (!columns.isEmpty() && columns.stream().allMatch(SqlIdentifier.class::isInstance)) {
                changes.add(change(
                        star.getParserPosition(),
                        columns.stream()
                                .map(column -> quoted((SqlIdentifier) column))
                                .collect(Collectors.joining(", "))));
            }
        }));
        changes.sort(Comparator.comparing(Change::from));
        StringBuilder text = new StringBuilder();
        int done = SqlErrors.endIndex(sql, open);
        for (Change change : changes) {
            text.append(sql, done, change.from).append(change.text);
            done = change.to;
        }
        return text.append(sql, done, SqlErrors.endIndex(sql, end)).toString().strip();
    }

    private Change change(SqlParserPos position, String text) {
        return new Change(SqlErrors.index(sql, position), SqlErrors.endIndex(sql, position), text);
    }

    private static String quoted(SqlIdentifier identifier) {
        return identifier.names.stream().map(name -> Name.of(name).quoted()).collect(Collectors.joining("."));
    }
}
