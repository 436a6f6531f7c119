package io.icespar.engine.sql;

import io.icespar.security.context.ContextSettings;
import java.util.List;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlOperator;

/** The operators and types of the engine, for who lists them or executes by other means than a backend. */
public final class KnownOperators {
    private KnownOperators() {}

    /** How many digits there are, and of which types results are. */
    public static RelDataTypeSystem types() {
        return new EngineTypes().getTypeSystem();
    }

    /** All that has a meaning to the validator, whether it is supported or not. */
    public static List<SqlOperator> all() {
        return EngineOperators.with(new ContextValueFunction(ContextSettings.none()))
                .getOperatorList();
    }

    /** Whether statements may use it. */
    public static boolean isSupported(SqlOperator operator) {
        return EngineOperators.isScalar(operator)
                || EngineOperators.isOfSession(operator)
                || (operator instanceof SqlAggFunction function
                        && (EngineOperators.isAggregate(function)
                                || EngineOperators.isOrderedAggregate(function)
                                || EngineOperators.isWindow(function)));
    }
}
