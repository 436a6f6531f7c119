package io.icespar.engine.secure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.context.ContextType;
import io.icespar.security.context.TypedValue;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;

/** How the elements of an array travel to a backend. */
class ArrayRowsTest {
    private final RelOptCluster cluster =
            PlanFixture.of().validated("SELECT Id FROM Gifts").root().rel.getCluster();

    private final RelDataType rowType =
            cluster.getTypeFactory().builder().add("VALUE", SqlTypeName.VARCHAR).build();

    private RelNode rows(List<Object> elements) {
        TypedValue array = ContextType.of(ContextType.Base.VARCHAR)
                .array()
                .convert(elements)
                .orElseThrow();
        RelDataType element = rowType.getFieldList().get(0).getType();
        return ContextLiterals.rows(array, new ArrayTexts(), element, rowType, cluster)
                .getInput(0);
    }

    @Test
    void elementsAreDividedByWhatNoneOfThemHolds() {
        ArrayRows rows = (ArrayRows) rows(List.of("a", "\uE000b"));
        assertEquals("\uE001", rows.separator());
        assertEquals("a\uE001\uE000b", rows.elements());
        assertSame(rows, rows.copy(rows.getTraitSet(), List.of()));
    }

    @Test
    void whereNothingDividesThemTheyAreLiterals() {
        String all = IntStream.rangeClosed(0xE000, 0xF8FF)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        Values values = (Values) rows(List.of("a", all));
        assertEquals(2, values.getTuples().size());
        assertEquals("a", values.getTuples().get(0).get(0).getValueAs(String.class));
        assertEquals(all, values.getTuples().get(1).get(0).getValueAs(String.class));
    }

    @Test
    void manyAreToldByTheFirstAndAHashOfAll() {
        List<Object> twenty = List.copyOf(
                IntStream.range(0, 20).<Object>mapToObj(i -> "e" + i).toList());
        assertTrue(RelOptUtil.toString(rows(twenty)).endsWith("'e18', 'e19'])\n"));
        List<Object> more =
                IntStream.range(0, 21).<Object>mapToObj(i -> "e" + i).toList();
        assertTrue(RelOptUtil.toString(rows(more)).contains("'e19', ... 21 in all, SHA-256 "));
    }
}
