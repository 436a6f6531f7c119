package io.icespar.engine.secure;

import com.google.common.hash.Hashing;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The elements of an array as one text.
 *
 * @param elements the elements, divided by the separator
 * @param separator what stands between two elements, and in none
 * @param shown what a plan shows of the elements; two texts that differ show differently
 */
record ArrayText(String elements, String separator, String shown) {
    /** The characters that may divide elements: those for private use, of which hardly any text has one. */
    private static final int FIRST_SEPARATOR = 0xE000;

    private static final int LAST_SEPARATOR = 0xF8FF;

    /** As many elements are written whole where a plan is explained. */
    private static final int SHOWN = 20;

    /**
     * The text of some elements.
     *
     * @param content the elements, as a context value has them; at least one
     * @return empty if no separator can be found
     */
    static Optional<ArrayText> of(List<Object> content) {
        List<String> texts = content.stream().map(ArrayText::text).toList();
        return IntStream.rangeClosed(FIRST_SEPARATOR, LAST_SEPARATOR)
                .mapToObj(Character::toString)
                .filter(candidate -> texts.stream().noneMatch(text -> text.contains(candidate)))
                .findFirst()
                .map(separator -> {
                    String elements = String.join(separator, texts);
                    return new ArrayText(elements, separator, shown(texts, separator + elements));
                });
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
}
