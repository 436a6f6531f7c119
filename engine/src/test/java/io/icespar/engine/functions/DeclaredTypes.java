package io.icespar.engine.functions;

import io.icespar.engine.Engine;
import io.icespar.engine.jdbc.embedded.EmbeddedConnections;
import io.icespar.security.identity.Name;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** What an answer says of its columns over JDBC, beside its values and the types of Calcite's validator. */
final class DeclaredTypes {
    private final Engine engine;

    DeclaredTypes(Engine engine) {
        this.engine = engine;
    }

    /** What is declared of a column. */
    record Declared(int jdbcType, int precision, int scale, boolean nullable) {
        static Declared of(RelDataType type) {
            SqlTypeName name = type.getSqlTypeName();
            return new Declared(
                    name.getJdbcOrdinal(),
                    Math.max(type.getPrecision(), 0),
                    SqlTypeUtil.isDecimal(type) ? type.getScale() : 0,
                    type.isNullable());
        }

        static Declared of(ResultSetMetaData columns, int column) throws SQLException {
            return new Declared(
                    columns.getColumnType(column),
                    columns.getPrecision(column),
                    columns.getScale(column),
                    columns.isNullable(column) != ResultSetMetaData.columnNoNulls);
        }
    }

    /** What each column of an answer is declared as; fails where a value does not fit it. */
    List<Declared> of(String sql) throws SQLException {
        try (Connection connection = EmbeddedConnections.connect(engine, Name.of("reader"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            ResultSetMetaData columns = rows.getMetaData();
            List<Declared> declared = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                declared.add(Declared.of(columns, i));
            }
            while (rows.next()) {
                for (int i = 1; i <= declared.size(); i++) {
                    Object value = rows.getObject(i);
                    if (!fits(value, declared.get(i - 1), columns.getColumnClassName(i))) {
                        throw new AssertionError(sql + "\ncolumn " + i + " is declared as " + declared.get(i - 1)
                                + " of " + columns.getColumnClassName(i) + ", and there is " + value + " of "
                                + (value == null ? "no class" : value.getClass().getName()));
                    }
                }
            }
            return declared;
        }
    }

    private static boolean fits(@Nullable Object value, Declared declared, String className) {
        if (value == null) {
            return declared.nullable();
        }
        if (value instanceof String text) {
            return className.equals(String.class.getName())
                    && (declared.precision() == 0 || text.codePointCount(0, text.length()) <= declared.precision());
        }
        if (value instanceof BigDecimal number) {
            return className.equals(BigDecimal.class.getName())
                    && number.scale() <= declared.scale()
                    && number.precision() - number.scale() <= declared.precision() - declared.scale();
        }
        // Of an array, some class is given that has the interface.
        return className.equals(value.getClass().getName()) || value instanceof java.sql.Array;
    }
}
