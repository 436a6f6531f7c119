package io.icespar.security.cube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.context.ContextType;
import io.icespar.security.context.TypedValue;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What members that are granted are as a condition. */
class MemberConditionTest {
    private static final Join TO_SHOPS = join("Shop", "Shops", "Shop ID");
    private static final Join TO_COUNTRIES = join("Country", "Countries", "Country ID");

    private static Join join(String column, String target, String key) {
        return new Join(names(column), TableName.of("retail", target), names(key));
    }

    private static List<Name> names(String... names) {
        return Stream.of(names).map(Name::of).toList();
    }

    private static CubeColumn column(String name, Join... path) {
        return new CubeColumn(List.of(path), Name.of(name));
    }

    private static MemberPath path(String... values) {
        ContextType text = ContextType.of(ContextType.Base.VARCHAR);
        return new MemberPath(Stream.of(values)
                .map(value -> text.convert(value).orElseThrow())
                .toList());
    }

    private static List<List<TypedValue>> values(MemberPath... members) {
        return Stream.of(members).map(MemberPath::values).toList();
    }

    private static String ofTable(List<Name> columns, MemberPath... members) {
        return MemberCondition.ofTable(columns, values(members)).text();
    }

    private static String text(List<CubeColumn> columns, MemberPath... members) {
        return new MemberCondition(columns, values(members)).text();
    }

    @Test
    void membersOfOneTableAreComparedWithItsColumns() {
        assertEquals("\"Country\" = 'France'", ofTable(names("Country", "City"), path("France")));
        assertEquals(
                "(\"Country\" = 'USA' AND \"City\" = 'Boston')",
                ofTable(names("Country", "City"), path("USA", "Boston")));
        assertEquals(
                "\"Country\" IN ('France', 'Spain')"
                        + " OR (\"Country\" = 'USA' AND \"City\" IN ('Boston', 'New York'))"
                        + " OR (\"Country\" = 'UK' AND \"City\" = 'Bath')",
                ofTable(
                        names("Country", "City"),
                        path("USA", "Boston"),
                        path("France"),
                        path("UK", "Bath"),
                        path("USA", "New York"),
                        path("Spain")));
    }

    @Test
    void aMemberStandsForAllBelowIt() {
        assertEquals(
                "\"Country\" = 'France'",
                ofTable(names("Country", "City"), path("France", "Lyon"), path("France"), path("France", "Paris")));
    }

    @Test
    void levelsBelowWithSeveralKindsOfMembersAreKeptTogether() {
        assertEquals(
                "(\"a\" = '1' AND (\"b\" = '2' OR (\"b\" = '3' AND \"c\" = '4')))",
                ofTable(names("a", "b", "c"), path("1", "3", "4"), path("1", "2")));
        assertEquals(
                "(\"a\" = '1' AND \"b\" = '2' AND \"c\" = '3')", ofTable(names("a", "b", "c"), path("1", "2", "3")));
    }

    @Test
    void namesAndTextsEndNowhereButAtTheirEnds() {
        assertEquals("\"a\"\" OR 1=1 --\" = 'x'' OR 1=1 --'", ofTable(names("a\" OR 1=1 --"), path("x' OR 1=1 --")));
    }

    @Test
    void aLevelOfATableThatIsReferredToIsASubQuery() {
        assertEquals(
                "\"Shop\" IN (SELECT \"Shop ID\" FROM \"retail\".\"Shops\" WHERE \"City\" = 'Paris')",
                text(List.of(column("City", TO_SHOPS)), path("Paris")));
        Join several = new Join(names("a", "b\""), TableName.of("s", "t\""), names("x\"", "y"));
        assertEquals(
                "(\"a\", \"b\"\"\") IN (SELECT \"x\"\"\", \"y\" FROM \"s\".\"t\"\"\" WHERE \"c\" = '1')",
                text(List.of(column("c", several)), path("1")));
    }

    @Test
    void whatIsAskedOfOneTableIsAskedTogether() {
        assertEquals(
                "\"Shop\" IN (SELECT \"Shop ID\" FROM \"retail\".\"Shops\" WHERE"
                        + " \"Country\" IN (SELECT \"Country ID\" FROM \"retail\".\"Countries\" WHERE"
                        + " \"Continent\" = 'Europe')"
                        + " OR (\"Country\" IN (SELECT \"Country ID\" FROM \"retail\".\"Countries\" WHERE"
                        + " (\"Continent\" = 'America' AND \"Country\" = 'USA')) AND \"City\" = 'Boston'))",
                text(
                        List.of(
                                column("Continent", TO_SHOPS, TO_COUNTRIES),
                                column("Country", TO_SHOPS, TO_COUNTRIES),
                                column("City", TO_SHOPS)),
                        path("America", "USA", "Boston"),
                        path("Europe")));
    }

    @Test
    void levelsOfSeveralTablesAreAskedOfEach() {
        assertEquals(
                "\"Shop\" IN (SELECT \"Shop ID\" FROM \"retail\".\"Shops\" WHERE \"City\" = 'Rome')"
                        + " OR (\"Shop\" IN (SELECT \"Shop ID\" FROM \"retail\".\"Shops\" WHERE \"City\" = 'Paris')"
                        + " AND \"Currency\" IN ('EUR', 'USD'))",
                text(
                        List.of(column("City", TO_SHOPS), column("Currency")),
                        path("Paris", "EUR"),
                        path("Rome"),
                        path("Paris", "USD")));
    }

    @Test
    void aLongTextIsNestedLittle() {
        List<List<TypedValue>> members = IntStream.range(0, 5_000)
                .mapToObj(i -> path("c" + i, "d" + i).values())
                .toList();
        String text = MemberCondition.ofTable(names("c", "d"), members).text();
        int deepest = 0;
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            depth += each == '(' ? 1 : each == ')' ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        assertEquals(0, depth);
        assertTrue(deepest < 12, "nested " + deepest + " deep");
        String whole = MemberCondition.ofTable(
                        names("c", "d"),
                        members.stream().map(path -> path.subList(0, 1)).toList())
                .text();
        assertTrue(whole.startsWith("\"c\" IN ('c0', 'c1', "), whole.substring(0, 30));
    }

    @Test
    void membersAreOfLevelsThatThereAre() {
        assertThrows(IllegalArgumentException.class, () -> ofTable(names("c")));
        assertThrows(IllegalArgumentException.class, () -> ofTable(names("c"), path()));
        assertThrows(IllegalArgumentException.class, () -> ofTable(names("c"), path("a", "b")));
    }
}
