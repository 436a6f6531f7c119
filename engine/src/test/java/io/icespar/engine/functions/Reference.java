package io.icespar.engine.functions;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.sql.Array;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.tools.FrameworkConfig;
import org.apache.calcite.tools.Frameworks;
import org.apache.calcite.tools.Planner;
import org.apache.calcite.tools.RelRunners;
import org.jspecify.annotations.Nullable;

/** Calcite's own execution of a query, row by row in Java, over the rows of {@link Things}. */
final class Reference {
    private final FrameworkConfig config;

    Reference(RelDataTypeSystem types) {
        SchemaPlus root = Frameworks.createRootSchema(false);
        root.add("t", new Rows());
        config = Frameworks.newConfigBuilder()
                .parserConfig(SqlParser.config()
                        .withUnquotedCasing(Casing.UNCHANGED)
                        .withCaseSensitive(false)
                        .withConformance(SqlConformanceEnum.LENIENT))
                .operatorTable(SqlOperatorTables.chain(
                        SqlStdOperatorTable.instance(),
                        SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(SqlLibrary.POSTGRESQL),
                        SqlOperatorTables.of(
                                SqlLibraryOperators.REVERSE,
                                SqlLibraryOperators.DAYNAME,
                                SqlLibraryOperators.MONTHNAME,
                                SqlLibraryOperators.NVL,
                                SqlLibraryOperators.IFNULL,
                                SqlLibraryOperators.DECODE)))
                .typeSystem(types)
                .sqlValidatorConfig(SqlValidator.Config.DEFAULT
                        .withConformance(SqlConformanceEnum.LENIENT)
                        .withDefaultNullCollation(NullCollation.LAST))
                .defaultSchema(root)
                .context(Contexts.of(CalciteConnectionConfig.DEFAULT.set(
                        CalciteConnectionProperty.DEFAULT_NULL_COLLATION, NullCollation.LAST.name())))
                .build();
    }

    /** The types of a query's columns; fails as Calcite does. */
    List<RelDataType> types(String sql) throws Exception {
        try (Planner planner = Frameworks.getPlanner(config)) {
            return planner.rel(planner.validate(planner.parse(sql))).validatedRowType.getFieldList().stream()
                    .map(RelDataTypeField::getType)
                    .toList();
        }
    }

    /** The rows that a query gives; fails as Calcite does. */
    List<List<@Nullable Object>> rows(String sql) throws Exception {
        try (Planner planner = Frameworks.getPlanner(config)) {
            SqlNode validated = planner.validate(planner.parse(sql));
            RelRoot root = planner.rel(validated);
            List<RelDataType> types = root.validatedRowType.getFieldList().stream()
                    .map(field -> field.getType())
                    .toList();
            try (PreparedStatement statement = RelRunners.run(root.project());
                    ResultSet rows = statement.executeQuery()) {
                List<List<@Nullable Object>> result = new ArrayList<>();
                while (rows.next()) {
                    List<@Nullable Object> row = new ArrayList<>();
                    for (int i = 0; i < types.size(); i++) {
                        row.add(value(rows, i + 1, types.get(i).getSqlTypeName()));
                    }
                    result.add(row);
                }
                return result;
            }
        }
    }

    private static @Nullable Object value(ResultSet rows, int column, SqlTypeName type) throws SQLException {
        Calendar utc = Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        return switch (type) {
            case DATE -> {
                Date date = rows.getDate(column, utc);
                yield date == null ? null : LocalDate.ofEpochDay(Math.floorDiv(date.getTime(), 86_400_000L));
            }
            case TIME -> {
                Time time = rows.getTime(column, utc);
                yield time == null
                        ? null
                        : LocalTime.ofNanoOfDay(Math.floorMod(time.getTime(), 86_400_000L) * 1_000_000);
            }
            case TIMESTAMP, TIMESTAMP_TZ -> {
                Timestamp timestamp = rows.getTimestamp(column, utc);
                yield timestamp == null
                        ? null
                        : LocalDateTime.ofEpochSecond(
                                Math.floorDiv(timestamp.getTime(), 1000L),
                                (int) Math.floorMod(timestamp.getTime(), 1000L) * 1_000_000,
                                ZoneOffset.UTC);
            }
            case ARRAY -> {
                Array array = rows.getArray(column);
                yield array == null ? null : Arrays.asList((Object[]) array.getArray());
            }
            default -> rows.getObject(column);
        };
    }

    /** The table, in the form in which Calcite computes. */
    private static final class Rows extends AbstractTable implements TranslatableTable {
        private static final Splitter WORDS =
                Splitter.on(CharMatcher.anyOf(" (,)")).omitEmptyStrings();

        @Override
        public RelDataType getRowType(RelDataTypeFactory types) {
            RelDataTypeFactory.Builder builder = types.builder();
            for (String column : Things.COLUMNS) {
                List<String> words = WORDS.splitToList(column);
                SqlTypeName name = SqlTypeName.valueOf(words.get(1));
                RelDataType type = name == SqlTypeName.DECIMAL
                        ? types.createSqlType(name, Integer.parseInt(words.get(2)), Integer.parseInt(words.get(3)))
                        : types.createSqlType(name);
                builder.add(words.get(0), types.createTypeWithNullability(type, !column.endsWith("NOT NULL")));
            }
            return builder.build();
        }

        @Override
        public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
            RexBuilder rexBuilder = context.getCluster().getRexBuilder();
            List<RelDataType> types = table.getRowType().getFieldList().stream()
                    .map(RelDataTypeField::getType)
                    .toList();
            ImmutableList.Builder<ImmutableList<RexLiteral>> rows = ImmutableList.builder();
            for (@Nullable Object[] row : Things.ROWS) {
                ImmutableList.Builder<RexLiteral> literals = ImmutableList.builder();
                for (int i = 0; i < row.length; i++) {
                    Object value = inner(row[i]);
                    literals.add(
                            value == null
                                    ? rexBuilder.makeNullLiteral(types.get(i))
                                    : (RexLiteral) rexBuilder.makeLiteral(value, types.get(i), false));
                }
                rows.add(literals.build());
            }
            return LogicalValues.create(context.getCluster(), table.getRowType(), rows.build());
        }

        private static @Nullable Object inner(@Nullable Object value) {
            if (value instanceof LocalDate date) {
                return (int) date.toEpochDay();
            }
            if (value instanceof LocalDateTime timestamp) {
                return timestamp.toInstant(ZoneOffset.UTC).toEpochMilli();
            }
            return value instanceof LocalTime time ? time.get(ChronoField.MILLI_OF_DAY) : value;
        }
    }
}
