package io.icespar.engine.sql;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.DelegatingScope;
import org.apache.calcite.sql.validate.JoinScope;
import org.apache.calcite.sql.validate.ListScope;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlMoniker;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.util.Static;
import org.jspecify.annotations.Nullable;

/**
 * Columns that a join by {@code USING} or {@code NATURAL} makes of two, one from each side: {@code c} is
 * {@code COALESCE(l.c, r.c)} (ISO/IEC 9075-2, joined table). Calcite (1.42) knows them as columns of the answer and in
 * {@code GROUP BY} only, and there of two tables; elsewhere it calls them ambiguous, and it joins by the first table
 * that has one, which may have no row. Here each is named as what it is, before Calcite looks.
 */
final class MergedColumns {
    private static final int NATURAL = 1;
    private static final int CONDITION_TYPE = 4;
    private static final int CONDITION = 5;

    /** So many columns of tables may stand where names of merged ones did. */
    private static final int MAX_COLUMNS = 100_000;

    private final SqlValidatorImpl validator;
    private final List<JoinBy> conditions = new ArrayList<>();
    private final IdentityHashMap<SqlJoin, List<String>> merged = new IdentityHashMap<>();
    private int columns;
    private boolean isAny;

    MergedColumns(SqlValidatorImpl validator) {
        this.validator = validator;
    }

    /** A join, and what it joins by, where Calcite would take something else. */
    private record JoinBy(SqlJoin join, SqlNode condition) {}

    /**
     * A column of a part of {@code FROM}.
     *
     * @param value what it is; null if that is ambiguous
     * @param first the first table's column of that name
     * @param tables how many tables have one
     * @param isMerged whether a join made it of two, or one of those that it may be
     */
    private record Column(
            @Nullable SqlNode value, RelDataType type, SqlIdentifier first, int tables, boolean isMerged) {
        /** The same of two sides, of which one stands for both. */
        static Column of(Column side, Column left, Column right) {
            return new Column(side.value, side.type, left.first, left.tables + right.tables, true);
        }
    }

    /** A table of {@code FROM} whose columns are not known by what is written there. */
    private static final class UnknownTable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownTable() {
            super(null, null, false, false);
        }
    }

    /** Takes notice of a join before anything is validated. */
    void found(SqlJoin join) {
        isAny |= join.isNatural() || join.getConditionType() == JoinConditionType.USING;
    }

    /**
     * Says of each merged column in the clauses of a query whose {@code FROM} is validated, in no query in it, what it is;
     * but in those that Calcite has expanded by themselves, which {@link #named} is for.
     */
    void nameIn(SqlSelect select, SqlValidatorScope scope) {
        if (!isAny) {
            return;
        }
        SqlNodeList items = select.getSelectList();
        Set<Name> aliases = aliases(items);
        var ofTables = new Names(scope, Set.of(), Set.of());
        for (int i = 0; i < items.size(); i++) {
            items.set(i, named(items.get(i), ofTables));
        }
        // There a column of the answer comes before one of a table; in HAVING unless it is grouped by.
        Set<Name> ungrouped = new HashSet<>(aliases);
        SqlNodeList group = select.getGroup();
        if (group != null) {
            select.setGroupBy((SqlNodeList) new Names(scope, Set.of(), aliases).in(group));
            group.forEach(key -> {
                if (key instanceof SqlIdentifier grouped && grouped.isSimple()) {
                    ungrouped.remove(Name.of(grouped.getSimple()));
                }
            });
        }
        SqlNode having = select.getHaving();
        if (having != null) {
            select.setHaving(new Names(scope, ungrouped, Set.of()).in(having));
        }
        SqlNode qualify = select.getQualify();
        if (qualify != null) {
            select.setQualify(new Names(scope, aliases, Set.of()).in(qualify));
        }
    }

    /** The same in what a query is ordered by, where the answer's columns come first. */
    void nameInOrder(SqlSelect select, List<String> answer, SqlValidatorScope scope) {
        SqlNodeList order = select.getOrderList();
        if (isAny && order != null) {
            Set<Name> names = answer.stream().map(Name::of).collect(Collectors.toSet());
            select.setOrderBy((SqlNodeList) new Names(scope, names, Set.of()).in(order));
        }
    }

    /** The same with each merged column, in no query in it, said to be what it is. */
    SqlNode named(SqlNode expression, SqlValidatorScope scope) {
        return isAny ? new Names(scope, Set.of(), Set.of()).in(expression) : expression;
    }

    private static Set<Name> aliases(SqlNodeList items) {
        return items.stream()
                .map(SqlValidatorUtil::alias)
                .filter(alias -> alias != null && !alias.isEmpty())
                .map(Name::of)
                .collect(Collectors.toSet());
    }

    private static SqlNode named(SqlNode item, Names names) {
        SqlNode named = names.in(item);
        return named == item || !(item instanceof SqlIdentifier name)
                ? named
                : SqlStdOperatorTable.AS.createCall(item.getParserPosition(), named, name);
    }

    /** Finds out what a validated join joins by. */
    void joined(SqlJoin join, SqlValidatorScope scope) {
        List<String> names = isAny ? merged(join) : List.of();
        if (names.isEmpty() || !(scope instanceof ListScope tables)) {
            return;
        }
        List<SqlNode> equalities = new ArrayList<>();
        boolean isOfFirst = true;
        for (String name : names) {
            SqlIdentifier written = new SqlIdentifier(name, join.getParserPosition());
            Column left = find(join.getLeft(), tables, written);
            Column right = find(join.getRight(), tables, written);
            if (left == null || right == null || left.value == null || right.value == null) {
                return;
            }
            count(left);
            count(right);
            isOfFirst &= left.value == left.first && right.value == right.first;
            equalities.add(SqlStdOperatorTable.EQUALS.createCall(join.getParserPosition(), left.value, right.value));
        }
        if (!isOfFirst) {
            SqlNode condition = equalities.stream()
                    .reduce((one, other) -> SqlStdOperatorTable.AND.createCall(join.getParserPosition(), one, other))
                    .orElseThrow();
            condition.validate(validator, scope);
            conditions.add(new JoinBy(join, condition));
        }
    }

    /** Has joins say what they join by; after that it is no longer known which columns they merge. */
    void join() {
        for (JoinBy by : conditions) {
            SqlParserPos pos = by.join.getParserPosition();
            by.join.setOperand(NATURAL, SqlLiteral.createBoolean(false, pos));
            by.join.setOperand(CONDITION_TYPE, JoinConditionType.ON.symbol(pos));
            by.join.setOperand(CONDITION, by.condition);
        }
    }

    private List<String> merged(SqlJoin join) {
        return merged.computeIfAbsent(
                join, named -> Objects.requireNonNullElse(validator.usingNames(named), List.of()));
    }

    /** What a part of {@code FROM} calls by a name; null if it has no such column, or is not known. */
    private @Nullable Column find(SqlNode from, ListScope tables, SqlIdentifier name) {
        try {
            return column(from, tables, name);
        } catch (UnknownTable e) {
            return null;
        }
    }

    private @Nullable Column column(SqlNode from, ListScope tables, SqlIdentifier name) {
        if (!(from instanceof SqlJoin join)) {
            return ofTable(from, tables, name);
        }
        Column left = column(join.getLeft(), tables, name);
        Column right = column(join.getRight(), tables, name);
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        boolean isMerged = matcher().indexOf(merged(join), name.getSimple()) >= 0;
        if (!isMerged || left.value == null || right.value == null) {
            boolean any = isMerged || left.isMerged || right.isMerged;
            return new Column(null, left.type, left.first, left.tables + right.tables, any);
        }
        boolean sameType = SqlTypeUtil.equalSansNullability(validator.getTypeFactory(), left.type, right.type);
        boolean inner = join.getJoinType() == JoinType.INNER;
        // In an inner join they are equal, and so neither is NULL.
        boolean isRight =
                join.getJoinType() == JoinType.RIGHT || (inner && left.type.isNullable() && !right.type.isNullable());
        if (sameType && isRight) {
            return Column.of(right, left, right);
        } else if (sameType && (inner || join.getJoinType() == JoinType.LEFT)) {
            return Column.of(left, left, right);
        }
        RelDataType common = validator.getTypeFactory().leastRestrictive(List.of(left.type, right.type));
        SqlNode value = SqlStdOperatorTable.COALESCE.createCall(name.getParserPosition(), left.value, right.value);
        Column both = new Column(value, common == null ? left.type : common, left.first, 0, true);
        return Column.of(both, left, right);
    }

    private @Nullable Column ofTable(SqlNode from, ListScope tables, SqlIdentifier name) {
        int ordinal = tables.getChildren().indexOf(validator.getNamespace(from));
        if (ordinal < 0) {
            // Of LATERAL, those to the right are not in it.
            if (!(tables instanceof SelectScope) && !(tables instanceof JoinScope)) {
                return null;
            }
            throw new UnknownTable();
        }
        RelDataTypeField field =
                matcher().field(tables.getChildren().get(ordinal).getRowType(), name.getSimple());
        if (field == null) {
            return null;
        }
        List<SqlMoniker> aliases = new ArrayList<>();
        tables.findAliases(aliases);
        String alias = aliases.get(ordinal).getFullyQualifiedNames().get(0);
        var column = new SqlIdentifier(List.of(alias, field.getName()), name.getParserPosition());
        RelDataType type = tables.isChildNullable(ordinal)
                ? validator.getTypeFactory().createTypeWithNullability(field.getType(), true)
                : field.getType();
        return new Column(column, type, column, 1, false);
    }

    private void count(Column column) {
        columns += column.tables;
        if (columns > MAX_COLUMNS) {
            throw new IcesparException(
                    ErrorCode.LIMIT_REACHED,
                    "columns of joins by `USING` or `NATURAL` stand for more than " + MAX_COLUMNS + " others");
        }
    }

    private SqlNameMatcher matcher() {
        return validator.getCatalogReader().nameMatcher();
    }

    /** Says what merged columns are; those of queries around as well. */
    private final class Names extends SqlShuttle {
        private final SqlValidatorScope scope;
        private final Set<Name> except;
        private final Set<Name> unlessAmbiguous;

        /**
         * @param except names that are others'
         * @param unlessAmbiguous names that are others' where several tables have such a column, or none but of queries
         *     around
         */
        Names(SqlValidatorScope scope, Set<Name> except, Set<Name> unlessAmbiguous) {
            this.scope = scope;
            this.except = except;
            this.unlessAmbiguous = unlessAmbiguous;
        }

        SqlNode in(SqlNode node) {
            return Objects.requireNonNull(node.accept(this));
        }

        @Override
        public @Nullable SqlNode visit(SqlIdentifier name) {
            if (!name.isSimple() || name.isStar() || except.contains(Name.of(name.getSimple()))) {
                return name;
            }
            // `USER` is the function, whatever columns there are; `"USER"` is a column.
            SqlCall function = validator.makeNullaryCall(name);
            if (function != null) {
                return function;
            }
            SqlValidatorScope around = scope;
            while (around instanceof DelegatingScope delegating) {
                if (around instanceof ListScope tables) {
                    long found = tables.getChildren().stream()
                            .filter(table -> has(table, name.getSimple()))
                            .count();
                    boolean isOthers = around != scope && unlessAmbiguous.contains(Name.of(name.getSimple()));
                    if (found > 0) {
                        return found > 1 && !isOthers ? whatIs(name, tables) : name;
                    }
                }
                around = delegating.getParent();
            }
            return name;
        }

        private boolean has(SqlValidatorNamespace table, String column) {
            return matcher().field(table.getRowType(), column) != null;
        }

        private SqlNode whatIs(SqlIdentifier name, ListScope tables) {
            SqlNode from = tables.getNode() instanceof SqlSelect select ? select.getFrom() : tables.getNode();
            Column column = from == null ? null : find(from, tables, name);
            if (column == null || !column.isMerged) {
                return name;
            }
            if (column.value == null) {
                if (unlessAmbiguous.contains(Name.of(name.getSimple()))) {
                    return name;
                }
                throw validator.newValidationError(name, Static.RESOURCE.columnAmbiguous(name.getSimple()));
            }
            count(column);
            return column.value;
        }

        // As Calcite's own expander: not in queries, and not in what are no expressions, such as names that are given.
        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            if (call.isA(SqlKind.QUERY)) {
                return call;
            }
            var copy = new CallCopyingArgHandler(call, false);
            call.getOperator().acceptCall(this, call, true, copy);
            return copy.result();
        }
    }
}
