package io.icespar.security.store;

import io.icespar.security.context.ContextType;
import io.icespar.security.context.TypedValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Context values as the texts that the store keeps: {@code -} for NULL, {@code =} and the value for a single one, and
 * {@code [} and each element with its length before it, as in {@code [1:a2:bc}, for an array.
 */
final class ValueText {
    private ValueText() {}

    static String write(TypedValue value) {
        return value.elements()
                .map(ValueText::write)
                .orElseGet(() -> value.content().map(single -> "=" + single).orElse("-"));
    }

    private static String write(List<Object> elements) {
        StringBuilder text = new StringBuilder("[");
        for (Object element : elements) {
            String written = element.toString();
            text.append(written.length()).append(':').append(written);
        }
        return text.toString();
    }

    /**
     * The value that {@link #write} writes so.
     *
     * @throws IllegalArgumentException if it writes no value of the type so
     */
    static TypedValue read(ContextType type, String text) {
        char kind = text.isEmpty() ? ' ' : text.charAt(0);
        Object given = switch (kind) {
            case '-' -> null;
            case '=' -> single(type, text.substring(1));
            case '[' -> elements(type, text);
            default -> throw unreadable();
        };
        TypedValue value = type.convert(given).orElseThrow(ValueText::unreadable);
        if (!write(value).equals(text)) {
            throw unreadable();
        }
        return value;
    }

    private static List<Object> elements(ContextType type, String text) {
        List<Object> elements = new ArrayList<>();
        int position = 1;
        while (position < text.length()) {
            int colon = text.indexOf(':', position);
            int end = colon < 0 ? -1 : colon + 1 + Integer.parseInt(text.substring(position, colon));
            if (end <= colon || end > text.length()) {
                throw unreadable();
            }
            elements.add(single(type, text.substring(colon + 1, end)));
            position = end;
        }
        return elements;
    }

    private static Object single(ContextType type, String text) {
        return switch (type.base()) {
            case INTEGER, BIGINT, DECIMAL -> new BigDecimal(text);
            case DOUBLE -> Double.valueOf(text);
            case BOOLEAN -> Boolean.valueOf(text);
            // The type reads them itself.
            case VARCHAR, DATE, TIMESTAMP -> text;
        };
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException("a context value is not of its type");
    }
}
