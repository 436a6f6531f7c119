package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.jdbc.embedded.EmbeddedConnections;
import io.icespar.security.identity.Name;
import java.lang.reflect.Method;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** COPY, NI and CANARY for all that {@link DatabaseMetaData} and {@code INFORMATION_SCHEMA} tell. */
@ExtendWith(Samples.class)
class MetadataTest {
    private static final List<String> OF_TABLES =
            List.of("SCHEMATA", "TABLES", "COLUMNS", "CUBES", "CUBE_HIERARCHIES", "CUBE_LEVELS", "CUBE_MEASURES");

    private static final List<String> OF_THE_REST = List.of(
            "TABLE_PRIVILEGES",
            "COLUMN_PRIVILEGES",
            "ENABLED_ROLES",
            "APPLICABLE_ROLES",
            "ROLE_MAPPINGS",
            "DEFAULT_ROLES",
            "CONTEXT_VALUES");

    /** Which of two connections it is, and not what they lead to. */
    private static final Set<String> OF_THE_CONNECTION = Set.of("getConnection", "getURL");

    @Tag("security")
    @ParameterizedTest
    @EnumSource
    void whatIsToldIsWhatIsToldOfACopyWithoutWhatIsHidden(SampleUser user, SampleLibrary samples) throws Exception {
        assertEquals(
                told(samples.narrowVisibleTo(user), user, OF_TABLES), told(samples.hidingColumns(), user, OF_TABLES));
    }

    @ParameterizedTest
    @EnumSource
    void whatHiddenRowsHoldChangesNothingThatIsTold(SampleUser user, SampleLibrary samples) throws Exception {
        var all = new ArrayList<>(OF_TABLES);
        all.addAll(OF_THE_REST);
        var poisoned = told(samples.poisonedFor(user), user, all);
        assertEquals(told(samples.original(), user, all), poisoned);
        assertFalse(poisoned.contains(SampleData.CANARY), "the canary sings");
    }

    @ParameterizedTest
    @EnumSource
    void whatHiddenColumnsHoldChangesNothingThatIsTold(SampleUser user, SampleLibrary samples) throws Exception {
        var all = new ArrayList<>(OF_TABLES);
        all.addAll(OF_THE_REST);
        var poisoned = told(samples.hidingPoisonedColumns(), user, all);
        assertEquals(told(samples.hidingColumns(), user, all), poisoned);
        assertFalse(poisoned.contains(SampleData.CANARY), "the canary sings");
    }

    /** All that a user is told: what each method gives, and what the tables hold. */
    private static String told(Sample sample, SampleUser user, List<String> informationSchema) throws Exception {
        var told = new ArrayList<String>();
        try (var connection = EmbeddedConnections.connect(sample.engine(), Name.of(user.toString()))) {
            var metadata = connection.getMetaData();
            for (var method : methods()) {
                if (method.getReturnType() == ResultSet.class) {
                    for (var table : List.of("%", "Sales", "Shops", "Access")) {
                        add(told, method.getName() + " " + table, (ResultSet)
                                method.invoke(metadata, arguments(method, table)));
                    }
                } else if (method.getParameterCount() == 0) {
                    told.add(method.getName() + ": " + method.invoke(metadata));
                }
            }
            for (var table : informationSchema) {
                try (var statement = connection.createStatement()) {
                    add(told, table, statement.executeQuery("SELECT * FROM INFORMATION_SCHEMA." + table));
                }
            }
        }
        assertTrue(told.size() > 200, () -> told.size() + " facts");
        return String.join("\n", told);
    }

    private static List<Method> methods() {
        return Arrays.stream(DatabaseMetaData.class.getMethods())
                .filter(method -> !OF_THE_CONNECTION.contains(method.getName()))
                .sorted(Comparator.comparing(Method::toString))
                .toList();
    }

    /** Arguments that restrict nothing but the table, where there is one. */
    private static Object[] arguments(Method method, String table) {
        var types = method.getParameterTypes();
        var arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            if (types[i] == int.class) {
                arguments[i] = DatabaseMetaData.bestRowSession;
            } else if (types[i] == boolean.class) {
                arguments[i] = true;
            } else if (i == 2 && types[i] == String.class) {
                arguments[i] = table;
            }
        }
        if (types.length == 6 && types[5] == String.class) {
            arguments[5] = "Sales";
        }
        return arguments;
    }

    private static void add(List<String> told, String what, ResultSet result) throws SQLException {
        try (result) {
            var columns = result.getMetaData();
            var rows = new ArrayList<String>();
            while (result.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.add(columns.getColumnLabel(i) + "=" + result.getObject(i));
                }
                rows.add(what + ": " + row);
            }
            // Tables of facts have no order of their own.
            told.addAll(what.startsWith("get") ? rows : rows.stream().sorted().toList());
            told.add(what + ": " + rows.size() + " rows of " + columns.getColumnCount() + " columns");
        }
    }
}
