package io.icespar.engine.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where rows come from: the tables of the sample, which are found under a new name each time. */
final class Sources {
    private final Choices choices;
    private final List<Source> common = new ArrayList<>();
    private int names;

    Sources(Choices choices) {
        this.choices = choices;
    }

    /**
     * Something to read.
     *
     * @param sql as it stands in {@code FROM}
     * @param fields its columns
     * @param key what refers to a shop, or names one
     * @param production what it is
     */
    record Source(String sql, List<Field> fields, Optional<String> key, Production production) {
        Source {
            fields = List.copyOf(fields);
        }
    }

    /** A name that no other has. */
    String newName(String kind) {
        names++;
        return kind + names;
    }

    Source table() {
        return switch (choices.below(20)) {
            case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> shops();
            case 17 -> cube("Made cube");
            case 18 -> view();
            case 19 -> access();
            default -> sales();
        };
    }

    Source sales() {
        String s = newName("s");
        return new Source(
                "\"Sales\" AS " + s,
                List.of(
                        Field.numbered(s + ".\"Sale ID\"", 2),
                        Field.of(s + ".\"Date\"", Kind.DAY),
                        Field.numbered(s + ".\"Shop\"", 6),
                        Field.numbered(s + ".\"Product\"", 5),
                        Field.of(s + ".\"Quantity\"", Kind.WHOLE),
                        Field.of(s + ".\"Unit price\"", Kind.DECIMAL),
                        Field.of(s + ".\"Discount\"", Kind.WHOLE)),
                Optional.of(s + ".\"Shop\""),
                Production.TABLE);
    }

    Source shops() {
        String x = newName("x");
        return new Source(
                "\"Shops\" AS " + x,
                List.of(
                        Field.numbered(x + ".\"Shop ID\"", 6),
                        Field.of(x + ".\"City\"", Kind.TEXT),
                        Field.of(x + ".\"State or region\"", Kind.TEXT),
                        Field.of(x + ".\"Country\"", Kind.TEXT),
                        Field.of(x + ".\"Shop size\"", Kind.TEXT)),
                Optional.of(x + ".\"Shop ID\""),
                Production.TABLE);
    }

    private Source view() {
        String v = newName("v");
        return new Source(
                "\"Sold\" AS " + v,
                List.of(
                        Field.numbered(v + ".\"Sale ID\"", 2),
                        Field.of(v + ".\"Date\"", Kind.DAY),
                        Field.numbered(v + ".\"Shop\"", 6),
                        Field.of(v + ".\"Quantity\"", Kind.WHOLE),
                        Field.of(v + ".\"Unit price\"", Kind.DECIMAL),
                        Field.of(v + ".\"City\"", Kind.TEXT),
                        Field.of(v + ".\"Country\"", Kind.TEXT)),
                Optional.of(v + ".\"Shop\""),
                Production.VIEW);
    }

    /** The rows of a cube of {@link MadeSamples}. */
    Source cube(String name) {
        String q = newName("q");
        return new Source(
                "\"" + name + "\" AS " + q,
                List.of(
                        Field.of(q + ".\"City\"", Kind.TEXT),
                        Field.of(q + ".\"Country\"", Kind.TEXT),
                        Field.numbered(q + ".\"Shop\"", 6),
                        Field.of(q + ".\"Date\"", Kind.DAY),
                        Field.of(q + ".\"Quantity\"", Kind.WHOLE),
                        Field.of(q + ".\"Unit price\"", Kind.DECIMAL),
                        Field.of(q + ".\"Discount\"", Kind.WHOLE),
                        Field.of(q + ".\"Shop size\"", Kind.TEXT)),
                Optional.of(q + ".\"Shop\""),
                Production.CUBE_ROWS);
    }

    private Source access() {
        String a = newName("a");
        return new Source(
                "\"Access\" AS " + a,
                List.of(Field.of(a + ".\"Who\"", Kind.TEXT), Field.of(a + ".\"City\"", Kind.TEXT)),
                Optional.empty(),
                Production.TABLE);
    }

    Source values() {
        String v = newName("v");
        return new Source(
                "(VALUES ('Paris', 1), ('Lyon', 2), ('shop_3', 0)) AS " + v + " (t, n)",
                List.of(Field.of(v + ".t", Kind.TEXT), Field.of(v + ".n", Kind.WHOLE)),
                Optional.empty(),
                Production.VALUES);
    }

    /** A query as a table. */
    Source derived(String query, List<Kind> kinds) {
        String d = newName("d");
        return new Source("(" + query + ") AS " + d, fields(d, kinds), Optional.empty(), Production.DERIVED_TABLE);
    }

    /** Makes a common table of that name readable. */
    void addCommon(String name, List<Kind> kinds) {
        common.add(new Source(name, fields(name, kinds), Optional.empty(), Production.COMMON_TABLE));
    }

    Optional<Source> common() {
        if (common.isEmpty()) {
            return Optional.empty();
        }
        Source chosen = choices.oneOf(common);
        String c = newName("c");
        return Optional.of(new Source(
                chosen.sql() + " AS " + c,
                chosen.fields().stream()
                        .map(field ->
                                Field.of(c + field.sql().substring(field.sql().indexOf('.')), field.kind()))
                        .toList(),
                Optional.empty(),
                Production.COMMON_TABLE));
    }

    private static List<Field> fields(String name, List<Kind> kinds) {
        List<Field> fields = new ArrayList<>();
        for (Kind kind : kinds) {
            fields.add(Field.of(name + ".c" + (fields.size() + 1), kind));
        }
        return fields;
    }
}
