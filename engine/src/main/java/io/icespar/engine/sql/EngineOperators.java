package io.icespar.engine.sql;

import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlOperatorTables;

/** The operators and functions that statements may use. */
final class EngineOperators {
    private static final SqlOperatorTable TABLE = SqlOperatorTables.chain(
            SqlStdOperatorTable.instance(),
            SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(SqlLibrary.POSTGRESQL));

    private static final Set<String> UNSTABLE = unstable();

    private EngineOperators() {}

    /** All that a statement may use, where {@code CONTEXT_VALUE} gives what the state of that moment has. */
    static SqlOperatorTable with(ContextValueFunction contextValue) {
        return SqlOperatorTables.chain(TABLE, SqlOperatorTables.of(contextValue));
    }

    /** Whether the function of that name may give another value the next time it is asked. */
    static boolean isUnstable(String function) {
        return UNSTABLE.contains(function);
    }

    private static Set<String> unstable() {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(Set.of(
                "RAND",
                "RANDOM",
                "RAND_INTEGER",
                "CURRENT_DATE",
                "CURRENT_TIME",
                "CURRENT_TIMESTAMP",
                "CURRENT_DATETIME",
                "LOCALTIME",
                "LOCALTIMESTAMP",
                "NOW",
                "UUID"));
        return names;
    }
}
