package io.icespar.engine.secure;

import com.google.common.hash.Hashing;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/**
 * The elements of a caller's array as the rows of one column.
 *
 * <p>They go to a backend as a value, not as part of its text: a list of 100,000 elements is read in milliseconds so,
 * where as many literals take seconds. They travel as one text, with a separator that none of them holds.
 */
public final class ArrayRows extends AbstractRelNode {
    /** The characters that may divide elements: those for private use, of which hardly any text has one. */
    private static final int FIRST_SEPARATOR = 0xE000;

    private static final int LAST_SEPARATOR = 0xF8FF;

    /** As many elements are written whole where a plan is explained. */
    private static final int SHOWN = 20;

    private final String elements;
    private final String separator;
    private final String shown;

    private ArrayRows(RelOptCluster cluster, RelDataType rowType, String elements, String separator, String shown) {
        super(cluster, cluster.traitSet());
        this.rowType = rowType;
        this.elements = elements;
        this.separator = separator;
        this.shown = shown;
    }

    /**
     * The rows of an array.
     *
     * @param content the elements, as a context value has them; at least one
     * @param rowType one column of the elements' type
     * @return as literals, if no separator can be found
     */
    static RelNode of(List<Object> content, RelDataType rowType, RelOptCluster cluster) {
        List<String> texts = content.stream().map(ArrayRows::text).toList();
        return IntStream.rangeClosed(FIRST_SEPARATOR, LAST_SEPARATOR)
                .mapToObj(Character::toString)
                .filter(candidate -> texts.stream().noneMatch(text -> text.contains(candidate)))
                .findFirst()
                .<RelNode>map(separator -> {
                    String elements = String.join(separator, texts);
                    return new ArrayRows(cluster, rowType, elements, separator, shown(texts, separator + elements));
                })
                .orElseGet(() -> ContextLiterals.literalRows(content, rowType, cluster));
    }

    private static String text(Object element) {
        return element instanceof BigDecimal number ? number.toPlainString() : element.toString();
    }

    // INVARIANT: Calcite takes nodes for the same that are explained in the same words.
    private static String shown(List<String> texts, String written) {
        String whole = texts.stream()
                .limit(SHOWN)
                .map(text -> "'" + text.replace("'", "''") + "'")
                .collect(Collectors.joining(", "));
        return texts.size() <= SHOWN
                ? whole
                : whole + ", ... " + texts.size() + " in all, SHA-256 "
                        + Hashing.sha256().hashString(written, StandardCharsets.UTF_8);
    }

    /** The elements, divided by {@link #separator}. */
    public String elements() {
        return elements;
    }

    /** What stands between two elements, and in none. */
    public String separator() {
        return separator;
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return this;
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("type", rowType.getFieldList().get(0).getType().getFullTypeString())
                .item("elements", shown);
    }
}
