package io.icespar.engine.sql;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCallBinding;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Makes expressions as Calcite (1.42) does, but for windows with {@code EXCLUDE}: of those it takes no notice when it
 * derives whether there is always a row to be found. {@link QueryValidator} derives the same types.
 */
final class EngineExpressions extends RexBuilder {
    EngineExpressions(RelDataTypeFactory types) {
        super(types);
    }

    @Override
    public RexNode makeOver(
            SqlParserPos pos,
            RelDataType type,
            SqlAggFunction operator,
            List<RexNode> exprs,
            List<RexNode> partitionKeys,
            ImmutableList<RexFieldCollation> orderKeys,
            RexWindowBound lowerBound,
            RexWindowBound upperBound,
            RexWindowExclusion exclude,
            boolean rows,
            boolean allowPartial,
            boolean nullWhenCountZero,
            boolean distinct,
            boolean ignoreNulls) {
        return super.makeOver(
                pos,
                exclude == RexWindowExclusion.EXCLUDE_NO_OTHER ? type : typeOfSome(operator, exprs),
                operator,
                exprs,
                partitionKeys,
                orderKeys,
                lowerBound,
                upperBound,
                exclude,
                rows,
                allowPartial,
                nullWhenCountZero,
                distinct,
                ignoreNulls);
    }

    /** The type of an aggregate of rows of which there may be none. */
    private RelDataType typeOfSome(SqlAggFunction operator, List<RexNode> operands) {
        return operator.inferReturnType(new RexCallBinding(getTypeFactory(), operator, operands, List.of()) {
            @Override
            public boolean hasEmptyGroup() {
                return true;
            }
        });
    }
}
