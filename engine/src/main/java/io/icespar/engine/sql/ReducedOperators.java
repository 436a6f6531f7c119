package io.icespar.engine.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * A table of operators without some of them.
 *
 * @param table the whole
 * @param left which are left out, by name
 */
record ReducedOperators(SqlOperatorTable table, Set<String> left) implements SqlOperatorTable {
    ReducedOperators {
        left = Set.copyOf(left);
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> found,
            SqlNameMatcher matcher) {
        List<SqlOperator> all = new ArrayList<>();
        table.lookupOperatorOverloads(name, category, syntax, all, matcher);
        all.stream().filter(this::stays).forEach(found::add);
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return table.getOperatorList().stream().filter(this::stays).toList();
    }

    private boolean stays(SqlOperator operator) {
        return !left.contains(operator.getName());
    }
}
