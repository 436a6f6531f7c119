package io.icespar.engine.sql;

import io.icespar.engine.cube.CompiledMeasure;
import io.icespar.engine.cube.CubeExpansion;
import io.icespar.engine.cube.CubeField;
import io.icespar.engine.cube.CubeNames;
import io.icespar.engine.cube.CubeShape;
import io.icespar.engine.cube.CubeTable;
import io.icespar.engine.cube.CubeTree;
import io.icespar.engine.cube.MeasureCompiler;
import io.icespar.engine.cube.MeasureFunction;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.cube.Cube;
import io.icespar.security.cube.Measure;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Checks and compiles the measures of one cube. In them a name stands for a column of the fact table, or one of a table that it
 * references, or else for a level; within {@code AGGREGATE} for another measure.
 *
 * @param converter makes trees of queries
 * @param settings the context values that they may read
 * @param cube the cube, for errors
 * @param tree the tables of the cube
 * @param names how the columns of the tree are named
 * @param levels the place of each level's column in the tree
 */
record MeasureExpressions(
        QueryConverter converter,
        ContextSettings settings,
        Cube cube,
        CubeTree tree,
        CubeNames names,
        Map<Name, Integer> levels) {

    /**
     * A measure that is not yet compiled, as data.
     *
     * @param expression as it was parsed
     * @param text as it was written
     * @param known the measures that it may name
     * @throws IcesparException with the place of the first mistake
     */
    CubeField.OfMeasure define(
            Name name,
            SqlNode expression,
            String text,
            Optional<String> format,
            Optional<String> description,
            List<CubeField.OfMeasure> known) {
        Measure unread = new Measure(name, text, format, description, Set.of(), Set.of());
        Renaming renaming = new Renaming(known);
        CubeField.OfMeasure field = compiled(unread, expression, known, renaming);
        Set<Name> values = new TreeSet<>();
        field.compiled().expressions().forEach(each -> values.addAll(ContextValueFunction.names(each)));
        values.addAll(ContextValueFunction.names(field.compiled().result()));
        // What another measure reads is its own affair.
        known.stream()
                .filter(measure -> renaming.read.contains(measure.measure().name()))
                .forEach(measure -> values.removeAll(measure.measure().contextValues()));
        return new CubeField.OfMeasure(
                field.name(),
                field.type(),
                new Measure(name, text, format, description, renaming.read, values),
                field.compiled());
    }

    /**
     * A measure with what it means.
     *
     * @param expression its own, as it was parsed
     * @param known the measures that it may name
     */
    CubeField.OfMeasure compiled(Measure measure, SqlNode expression, List<CubeField.OfMeasure> known) {
        return compiled(measure, expression, known, new Renaming(known));
    }

    private CubeField.OfMeasure compiled(
            Measure measure, SqlNode expression, List<CubeField.OfMeasure> known, Renaming renaming) {
        ConditionChecker checker = ConditionChecker.ofMeasure(expression);
        checker.checkForm();
        checker.checkNoQuery();
        SqlNode renamed = expression.accept(renaming);
        if (renamed == null) {
            throw new IllegalStateException("an expression without a form");
        }
        SqlParserPos none = SqlParserPos.ZERO;
        SqlSelect select = new SqlSelect(
                none,
                null,
                new SqlNodeList(List.of(renamed), none),
                new SqlIdentifier(CubeShapes.TABLE, none),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        RelOptCluster cluster = converter.newCluster();
        RelNode query =
                converter.converted(select, new CubeTable(shape(known)), cluster, new ContextValueFunction(settings));
        CompiledMeasure compiled = MeasureCompiler.compile(query, cluster.getRexBuilder())
                .orElseThrow(() -> new IcesparException(
                        ErrorCode.INVALID_STATEMENT,
                        "measure `" + measure.name()
                                + "` aggregates nothing: write an aggregate expression, as `SUM(\"…\")`"
                                + SqlErrors.place(expression)));
        if (SqlTypeUtil.isInterval(compiled.result().getType())) {
            throw new IcesparException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "measure `" + measure.name()
                            + "` gives an interval, which cannot be given: extract a number from it"
                            + SqlErrors.place(expression));
        }
        List<RexNode> all = new ArrayList<>(compiled.expressions());
        all.add(compiled.result());
        all.forEach(checker::checkOneRow);
        all.forEach(checker::checkOperators);
        return new CubeField.OfMeasure(
                measure.name().spelling(),
                converter.types().createTypeWithNullability(compiled.result().getType(), true),
                measure,
                compiled);
    }

    /** All columns of the tree, and the measures that are known. */
    private CubeShape shape(List<CubeField.OfMeasure> known) {
        List<CubeField> fields = new ArrayList<>();
        for (int i = 0; i < tree.columns().size(); i++) {
            fields.add(
                    new CubeField.OfColumn(columnName(i), tree.columns().get(i).type(converter.types()), i));
        }
        known.forEach(measure -> fields.add(new CubeField.OfMeasure(
                measureName(measure.measure().name()), measure.type(), measure.measure(), measure.compiled())));
        return new CubeShape(new io.icespar.engine.catalog.Cube(cube), tree, fields);
    }

    // Errors show them; the numbers keep apart what is named alike.
    private String columnName(int column) {
        return names.unique(column) + " (" + (column + 1) + ")";
    }

    private static String measureName(Name measure) {
        return measure.spelling() + " (measure)";
    }

    /** A name stands for no column, or for several. */
    static IcesparException notFound(CubeNames names, SqlIdentifier identifier) {
        String name = String.join(".", identifier.names);
        List<Integer> found = names.find(identifier.names);
        return found.isEmpty()
                ? new IcesparException(
                        ErrorCode.UNDEFINED_COLUMN,
                        "column `" + name + "` does not exist in table `"
                                + names.tree().branches().get(0).table().name() + "` or one that it references"
                                + SqlErrors.place(identifier))
                : new IcesparException(
                        ErrorCode.INVALID_STATEMENT,
                        "column `" + name + "` is in several tables: write which one, as "
                                + found.stream().map(names::quoted).collect(Collectors.joining("`, `", "`", "`"))
                                + SqlErrors.place(identifier));
    }

    /** Puts the names of the query's own table in the place of those that were written. */
    private final class Renaming extends SqlShuttle {
        private final List<CubeField.OfMeasure> known;

        /** The levels and measures that were named. */
        private final Set<Name> read = new TreeSet<>();

        Renaming(List<CubeField.OfMeasure> known) {
            this.known = known;
        }

        @Override
        public SqlNode visit(SqlIdentifier identifier) {
            if (identifier.isStar()) {
                return identifier;
            }
            Name name = Name.of(identifier.names.get(0));
            // Columns first: a level that is added later takes no column's name away from a measure.
            Optional<Integer> found = names.only(identifier.names);
            if (found.isPresent()) {
                return column(found.get(), identifier);
            }
            if (identifier.isSimple()) {
                Integer level = levels.get(name);
                if (level != null) {
                    read.add(name);
                    return column(level, identifier);
                }
            }
            if (identifier.isSimple() && isFunction(identifier)) {
                return identifier;
            }
            if (identifier.isSimple() && cube.findMeasure(name).isPresent()) {
                IcesparException bare = CubeExpansion.notAggregated(name.spelling());
                throw new IcesparException(bare.code(), bare.getMessage() + SqlErrors.place(identifier));
            }
            throw notFound(names, identifier);
        }

        private static boolean isFunction(SqlIdentifier identifier) {
            return !identifier.isComponentQuoted(0) && EngineOperators.isCalledBare(identifier.getSimple());
        }

        private SqlIdentifier column(int column, SqlIdentifier written) {
            return new SqlIdentifier(columnName(column), written.getParserPosition());
        }

        @Override
        public SqlNode visit(SqlCall call) {
            if (!call.getOperator().getName().equalsIgnoreCase(MeasureFunction.INSTANCE.getName())
                    || call.operandCount() == 0) {
                return super.visit(call);
            }
            List<SqlNode> operands = new ArrayList<>();
            operands.add(measure(call.operand(0)));
            call.getOperandList().subList(1, call.operandCount()).forEach(level -> operands.add(level.accept(this)));
            return call.getOperator().createCall(call.getFunctionQuantifier(), call.getParserPosition(), operands);
        }

        private SqlNode measure(SqlNode operand) {
            if (operand instanceof SqlIdentifier identifier && identifier.isSimple()) {
                Name name = Name.of(identifier.getSimple());
                if (known.stream().anyMatch(each -> each.measure().name().equals(name))) {
                    read.add(name);
                    return new SqlIdentifier(measureName(name(name)), identifier.getParserPosition());
                }
            }
            throw new IcesparException(
                    ErrorCode.UNDEFINED_COLUMN,
                    "`AGGREGATE` takes a measure that was defined before, and `" + operand + "` is none"
                            + SqlErrors.place(operand));
        }

        /** As the measure spells it. */
        private Name name(Name written) {
            return known.stream()
                    .map(each -> each.measure().name())
                    .filter(written::equals)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
