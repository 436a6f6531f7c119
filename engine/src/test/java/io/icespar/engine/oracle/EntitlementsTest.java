package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.entitlement.EntitlementsBuilder.MemberPaths;
import io.icespar.security.entitlement.EntitlementsProvider;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.AuthorityComparator;
import io.icespar.security.plugin.Plugins;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Java providers say of roles holds as if SQL had said it: COPY and NI, merging, and what is refused. */
@ExtendWith(Samples.class)
class EntitlementsTest {
    private static final String TOTAL = "SELECT SUM(\"Quantity\") FROM \"Sales\"";

    /** Ann holds r1, Bob both, Cat outer, which holds r1. */
    private static final String USERS = """
            CREATE USER admin; GRANT ROLE_ADMIN TO USER admin;
            CREATE ROLE r1; CREATE ROLE r2; CREATE ROLE "outer"; GRANT r1 TO ROLE "outer";
            CREATE USER ann; GRANT ROLE_USER, r1 TO USER ann;
            CREATE USER bob; GRANT ROLE_USER, r1, r2 TO USER bob;
            CREATE USER cat; GRANT ROLE_USER, "outer" TO USER cat;
            CREATE USER dan; GRANT ROLE_USER TO USER dan;
            CREATE CONTEXT VALUE currency VARCHAR DEFAULT 'EUR';
            """;

    private static Plugins plugins(EntitlementsProvider provider) {
        return Plugins.none().withProvider(provider);
    }

    /** A provider that grants r1 members of Shops, by the columns given. */
    private static EntitlementsProvider members(UnaryOperator<MemberPaths> paths, String... columns) {
        return paths.apply(EntitlementsProvider.builder("desks")
                        .forRole("r1")
                        .grantMembers()
                        .on("retail", "Shops", columns))
                .end()
                .build();
    }

    // The oracles

    static Stream<Arguments> cases() {
        return Stream.of(SampleUser.MIXED, SampleUser.CAREFUL)
                .flatMap(user -> Corpus.queries().stream().map(query -> Arguments.of(user, query)));
    }

    @Tag("security")
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void anAnswerIsThatOfACopyWithoutTheHiddenRows(SampleUser user, CorpusQuery query, SampleLibrary samples) {
        Observation answer = samples.provided().session(user).observe(query);
        assertEquals(samples.visibleTo(user).session(user).observe(query).withoutWords(), answer.withoutWords());
        assertEquals(samples.observe(user, query), answer);
    }

    static Stream<CorpusQuery> queries() {
        return Corpus.queries().stream();
    }

    @Tag("security")
    @ParameterizedTest
    @MethodSource("queries")
    void poisonInHiddenRowsChangesNothing(CorpusQuery query, SampleLibrary samples) {
        SampleSession poisoned =
                samples.providedAndPoisonedFor(SampleUser.MIXED).session(SampleUser.MIXED);
        SampleSession session = samples.provided().session(SampleUser.MIXED);
        assertEquals(session.observe(query), poisoned.observe(query));
        assertFalse(poisoned.observe(query).mentions(SampleData.CANARY), "the canary sings");
        assertEquals(session.explain(query), poisoned.explain(query));
        assertEquals(samples.original().session(SampleUser.MIXED).explain(query), session.explain(query));
    }

    // Words included: what is said of a column that is hidden is what is said of one that is not there.
    @Tag("security")
    @ParameterizedTest
    @MethodSource("queries")
    void anAnswerIsThatOfACopyWithoutTheHiddenColumns(CorpusQuery query, SampleLibrary samples) {
        SampleUser user = SampleUser.MAPPED;
        assertEquals(
                samples.narrowVisibleTo(user).session(user).observe(query),
                samples.hidingByProvider().session(user).observe(query));
    }

    @Tag("security")
    @Test
    void metadataShowNothingThatIsHidden(SampleLibrary samples) throws SQLException {
        assertEquals(
                NonInterferenceTest.metadata(samples.narrowVisibleTo(SampleUser.MAPPED), SampleUser.MAPPED),
                NonInterferenceTest.metadata(samples.hidingByProvider(), SampleUser.MAPPED));
    }

    @Tag("security")
    @Test
    void whatAProviderSaysIsWhatSqlSays(SampleLibrary samples) {
        for (SampleUser user : SampleUser.values()) {
            String copy = samples.visibleTo(user)
                    .session(user)
                    .sql(TOTAL)
                    .observation()
                    .text();
            samples.provided().session(user).sql(TOTAL).returns(copy);
        }
    }

    // How it is merged

    @Tag("security")
    @Test
    void membersOfTheSameColumnsWidenAndThoseOfOthersNarrow(SampleLibrary samples) {
        var provider = EntitlementsProvider.builder("desks")
                .forRole("r1")
                .grantMembers()
                .on("retail", "Shops", "Country", "City")
                .memberPath("France", "Paris")
                .memberPath("USA", "New York")
                .end()
                .forRole("r2")
                .grantMembers()
                .on("retail", "Shops", "City", "Country")
                .memberPath("Lyon")
                .end()
                .build();
        try (Sample sample = samples.openNew(USERS, plugins(provider))) {
            sample.session("ann").sql(TOTAL).returns("1411");
            sample.session("cat").sql(TOTAL).returns("1411");
            sample.session("bob").sql(TOTAL).returns("2020");
            sample.session("admin").sql(TOTAL).returns("8077");
            SampleStatement bob = sample.session("bob").prepared(TOTAL);
            sample.run("CREATE RESTRICTION sql_same ON \"Shops\""
                    + " USING (\"Country\" = 'France' AND \"City\" = 'Nice') TO r2");
            bob.returns("2629");
            sample.run("CREATE RESTRICTION sql_other ON \"Shops\" USING (\"Country\" = 'France') TO r1");
            bob.returns("1821");
            sample.session("ann").sql(TOTAL).returns("603");
            sample.run("DROP RESTRICTION sql_same", "DROP RESTRICTION sql_other");
            bob.returns("2020");
            sample.run("REVOKE r2 FROM USER bob");
            bob.returns("1411");
        }
    }

    @Tag("security")
    @Test
    void severalProvidersAreHeard(SampleLibrary samples) {
        EntitlementsProvider other = EntitlementsProvider.builder("other")
                .forRole("r1")
                .grantMembers()
                .on("retail", "Shops", "City")
                .memberPath("Lyon")
                .end()
                .forRole("r2")
                .grantMembers()
                .on("retail", "Sales", "Quantity")
                .memberPath(1)
                .memberPath(2L)
                .end()
                .build();
        Plugins both =
                plugins(members(paths -> paths.memberPath("Paris"), "City")).withProvider(other);
        try (Sample sample = samples.openNew(USERS, both)) {
            sample.session("ann").sql(TOTAL).returns("1212");
            sample.session("bob")
                    .sql(TOTAL)
                    .returns(sample.session("admin")
                            .sql(TOTAL + " WHERE \"Quantity\" < 3 AND \"Shop\" IN"
                                    + " (SELECT \"Shop ID\" FROM \"Shops\" WHERE \"City\" IN ('Paris', 'Lyon'))")
                            .observation()
                            .text());
        }
    }

    @Tag("security")
    @Test
    void membersAreOfTheColumnsTypes(SampleLibrary samples) {
        var provider = EntitlementsProvider.builder("desks")
                .forRole("r1")
                .grantMembers()
                .on("retail", "Sales", "Date", "Unit price", "Discount")
                .memberPath(LocalDate.of(2021, 2, 4), new BigDecimal("20"), 1L)
                .memberPath("2021-02-03", new BigDecimal("24.00"))
                .end()
                .build();
        try (Sample sample = samples.openNew(USERS, plugins(provider))) {
            String count = "SELECT COUNT(*) FROM \"Sales\"";
            String expected = sample.session("admin")
                    .sql(count + " WHERE \"Date\" = DATE '2021-02-04' AND \"Unit price\" = 20 AND \"Discount\" = 1"
                            + " OR \"Date\" = DATE '2021-02-03' AND \"Unit price\" = 24")
                    .observation()
                    .text();
            assertFalse(List.of("0", "5000").contains(expected), expected);
            sample.session("ann").sql(count).returns(expected);
        }
    }

    private static UnaryOperator<MemberPaths> many(int paths) {
        return granted -> {
            granted.memberPath("Paris").memberPath("New York", "USA");
            IntStream.range(2, paths)
                    .forEach(i -> granted.memberPath((i % 2 == 0 ? "town " : "New York ") + i / 3, "country " + i));
            return granted;
        };
    }

    @Tag("security")
    @Test
    void manyMembersCanBeGranted(SampleLibrary samples) {
        try (Sample sample = samples.openNew(USERS, plugins(members(many(1000), "City", "Country")))) {
            sample.session("ann").sql(TOTAL).returns("1411");
        }
    }

    @Test
    void moreThanABackendBearsAreRefused(SampleLibrary samples) {
        assertEquals(
                "provider `desks`, role `r1`: 1001 members of table `retail.Shops` are granted, expected 1 to 1000",
                refused(samples, members(many(1001), "City", "Country")));
    }

    /** Texts that are dangerous somewhere, and none of which is the name of a country. */
    static Stream<String> texts() {
        return ContextValueTest.texts();
    }

    @Tag("security")
    @ParameterizedTest
    @MethodSource("texts")
    void aMemberIsNeverMoreThanAText(String text, SampleLibrary samples) {
        UnaryOperator<MemberPaths> odd =
                paths -> paths.memberPath(text).memberPath("France" + text).memberPath("France", text);
        try (Sample sample = samples.openNew(USERS, plugins(members(odd, "Country", "City")))) {
            // With an empty text, France itself is among them.
            sample.session("ann").sql(TOTAL).returns(text.isEmpty() ? "3027" : "null");
            sample.session("dan").sql(TOTAL).returns("8077");
            sample.session("admin").sql(TOTAL).returns("8077");
        }
    }

    @Test
    void whatIsNoTextIsNoMember(SampleLibrary samples) {
        for (String text : List.of("a\0b", "\uD800", "\uDC00\uD800")) {
            assertEquals(
                    "provider `desks`, role `r1`: member path 1 of table `retail.Shops` does not fit column `City`,"
                            + " which is of type `VARCHAR`",
                    refused(samples, members(paths -> paths.memberPath(text), "City")));
        }
    }

    // What is hidden

    @Tag("security")
    @Test
    void whatIsHiddenStaysHiddenWhateverIsGrantedToEveryone(SampleLibrary samples) {
        var provider = EntitlementsProvider.builder("desks")
                .forRole("r1")
                .hideColumns("retail", "Shops", "City")
                .build();
        try (Sample sample = samples.openNew(USERS, plugins(provider))) {
            String city = "SELECT COUNT(\"City\") FROM \"Shops\"";
            SampleStatement dan = sample.session("dan").prepared(city);
            for (String user : List.of("ann", "bob", "cat")) {
                assertEquals(
                        "column `City` does not exist (line 1, column 14)",
                        sample.session(user).sql(city).fails(ErrorCode.UNDEFINED_COLUMN));
            }
            dan.returns("40");
            sample.run("GRANT SELECT (\"City\") ON TABLE \"Shops\" TO PUBLIC", "GRANT SELECT ON SCHEMA retail TO r1");
            sample.session("bob").sql(city).fails(ErrorCode.UNDEFINED_COLUMN);
            sample.run("GRANT SELECT (\"City\") ON TABLE \"Shops\" TO r2");
            sample.session("bob").sql(city).returns("40");
            sample.session("ann").sql(city).fails(ErrorCode.UNDEFINED_COLUMN);
            sample.run("GRANT r1 TO USER dan");
            dan.fails(ErrorCode.UNDEFINED_COLUMN);
            sample.session("admin")
                    .sql("SHOW GRANTS FOR USER ann")
                    .returns("PUBLIC, SELECT, retail.Access, (all), SQL; PUBLIC, SELECT, retail.Sales, (all), SQL;"
                            + " PUBLIC, SELECT, retail.Shops, (all), SQL; ann, ROLE, ROLE_USER, , SQL;"
                            + " ann, ROLE, r1, , SQL; r1, HIDDEN, retail.Shops, City, provider desks;"
                            + " r1, SELECT, retail.Access, (all), SQL; r1, SELECT, retail.Sales, (all), SQL;"
                            + " r1, SELECT, retail.Shops, Country, Shop ID, Shop size, State or region, SQL");
        }
    }

    // What is shown

    @Test
    void whereItComesFromIsShown(SampleLibrary samples) {
        var provider = EntitlementsProvider.builder("desks")
                .forRole("r1")
                .withDefaultMember("currency", "USD")
                .withContextValue("queries_time_limit", 30)
                .hideTable("retail", "Access")
                .grantMembers()
                .on("retail", "Shops", "Country", "City")
                .memberPath("France")
                .memberPath("USA", "New York")
                .memberPath("USA", "O'Fallon")
                .end()
                .build();
        try (Sample sample = samples.openNew(USERS, plugins(provider))) {
            sample.run("CREATE RESTRICTION big ON \"Shops\" USING (\"Shop size\" = 'big') TO r2");
            String condition =
                    "\"Country\" = 'France' OR (\"Country\" = 'USA' AND \"City\" IN ('New York'," + " 'O''Fallon'))";
            String name = "desks/r1/retail.Shops(Country, City)";
            sample.session("admin")
                    .sql("SHOW RESTRICTIONS ON \"Shops\"")
                    .returns("big, retail, Shops, Shop size, \"Shop size\" = 'big', r2, SQL; " + name
                            + ", retail, Shops, City, Country, " + condition + ", r1, provider desks");
            sample.session("admin")
                    .sql("SHOW EFFECTIVE RESTRICTIONS FOR USER cat ON \"Sales\"")
                    .returns("retail, Sales, " + name + ", retail.Shops, Sales(Shop), City, Country, " + condition
                            + ", " + condition + ", outer > r1, provider desks");
            sample.session("cat").sql("SHOW currency").returns("USD");
            assertTrue(sample.session("cat")
                    .sql("SHOW CONTEXT VALUES")
                    .observation()
                    .text()
                    .contains("currency, VARCHAR, USD, provider desks, role r1, default: EUR"));
            assertEquals(
                    "restriction `" + name + "` is given by provider `desks`, and is changed there, not by a command",
                    sample.session("admin")
                            .sql("DROP RESTRICTION \"" + name + "\"")
                            .fails(ErrorCode.INVALID_STATEMENT));
            assertEquals(
                    "provider `desks` needs role `r1` to exist",
                    sample.session("admin").sql("DROP ROLE r1").fails(ErrorCode.DEPENDENT_OBJECTS));
            sample.session("ann").sql("SET queries_time_limit = 31").fails(ErrorCode.INSUFFICIENT_PRIVILEGE);
            sample.session("ann").sql("SET queries_time_limit = 29").isDone();
        }
    }

    @Test
    void theScriptThatMakesAStateAnewHoldsNothingOfIt(SampleLibrary samples) {
        var provider = EntitlementsProvider.builder("desks")
                .forRole("r1")
                .withDefaultMember("currency", "canary")
                .hideTable("retail", "Access")
                .grantMembers()
                .on("retail", "Shops", "City")
                .memberPath("canary")
                .end()
                .build();
        String script = "SHOW SECURITY SCRIPT WITHOUT PASSWORDS";
        try (Sample with = samples.openNew(USERS, plugins(provider));
                Sample without = samples.openNew(USERS, Plugins.none())) {
            Observation commands = with.session("admin").sql(script).observation();
            assertEquals(without.session("admin").sql(script).observation(), commands);
            assertFalse(commands.mentions("canary"));
            with.session("admin")
                    .sql("SELECT ORIGIN FROM INFORMATION_SCHEMA.RESTRICTIONS")
                    .returns("provider desks");
        }
    }

    // Authority and claims

    @Test
    void aComparatorSaysWhichRoleIsHeard(SampleLibrary samples) {
        var provider = EntitlementsProvider.builder("desks")
                .forRole("r1")
                .withContextValue("currency", "of r1")
                .forRole("r2")
                .withContextValue("currency", "of r2")
                .build();
        AuthorityComparator byName = (left, right) -> left.compareTo(right);
        try (Sample sample = samples.openNew(USERS, plugins(provider).withAuthorities(byName.reversed()::compare))) {
            sample.session("bob").sql("SHOW currency").returns("of r1");
        }
        try (Sample sample = samples.openNew(USERS, plugins(provider).withAuthorities(byName))) {
            sample.session("bob").sql("SHOW currency").returns("of r2");
        }
        AuthorityComparator failing = (left, right) -> {
            throw new IllegalStateException("canary " + left + right);
        };
        try (Sample sample = samples.openNew(USERS, plugins(provider).withAuthorities(failing))) {
            assertEquals(
                    "the authority comparator that is plugged in failed: tell who runs the server",
                    sample.session("bob").sql("SHOW currency").fails(ErrorCode.PLUGIN));
            sample.session("bob").sql(TOTAL).fails(ErrorCode.PLUGIN);
            sample.session("dan").sql("SHOW currency").returns("EUR");
        }
    }

    @Tag("security")
    @Test
    void claimsOfAFacadeRestrict(SampleLibrary samples) {
        String commands = USERS + """
                CREATE CONTEXT VALUE countries VARCHAR ARRAY DEFAULT ARRAY[] FROM CLAIM 'desk.countries';
                CREATE RESTRICTION by_desk ON "Shops" USING ("Country" = ANY (CONTEXT_VALUE('countries'))) TO PUBLIC;
                """;
        Plugins plugins = Plugins.none().withFacade(caller -> switch (caller.name()
                .spelling()) {
            case "ann" -> Map.of("desk", Map.of("countries", List.of("France")));
            case "bob" -> Map.of("desk", Map.of("countries", "France"));
            case "cat" -> throw new IllegalStateException("canary");
            default -> Map.of();
        });
        try (Sample sample = samples.openNew(commands, plugins)) {
            sample.session("ann").sql(TOTAL).returns("3027");
            sample.session("dan").sql(TOTAL).returns("null");
            SampleSession admin = sample.session("admin");
            admin.sql("SET SESSION AUTHORIZATION 'ann'").isDone();
            admin.sql(TOTAL).returns("3027");
            sample.session("bob").sql(TOTAL).fails(ErrorCode.DATATYPE_MISMATCH);
            assertEquals(
                    "the security facade that is plugged in failed: tell who runs the server",
                    sample.session("cat").sql(TOTAL).fails(ErrorCode.PLUGIN));
        }
    }

    // What does not fit

    private static String refused(SampleLibrary samples, EntitlementsProvider... providers) {
        Plugins plugins = new Plugins(List.of(providers), List.of(), List.of());
        IcesparException refusal = assertThrows(
                IcesparException.class, () -> samples.openNew(USERS, plugins).close());
        assertEquals(ErrorCode.CONFIGURATION, refusal.code());
        return refusal.getMessage();
    }

    @Test
    void allThatIsNotInTheCatalogIsToldAtOnce(SampleLibrary samples) {
        var provider = EntitlementsProvider.builder("desks")
                .forRole("r1")
                .hideTable("retail", "Shopz")
                .hideColumns("retail", "Shops", "Citi")
                .grantMembers()
                .on("retail", "Shopz", "City")
                .memberPath("Paris")
                .end()
                .grantMembers()
                .on("retail", "Shops", "City", "Citi")
                .memberPath("Paris")
                .end()
                .grantMembers()
                .on("retail", "Shops")
                .end()
                .grantMembers()
                .on("retail", "Shops", "City", "CITY")
                .memberPath("Paris")
                .end()
                .grantMembers()
                .on("retail", "Sales", "Quantity")
                .memberPath(1)
                .memberPath()
                .memberPath(1, 2)
                .memberPath("one")
                .end()
                .build();
        String one = "provider `desks`, role `r1`: ";
        assertEquals(
                String.join(
                        "\n",
                        one + "table `retail.Shopz` does not exist",
                        one + "column `Citi` of table `retail.Shops` does not exist",
                        one + "table `retail.Shopz` does not exist",
                        one + "column `Citi` of table `retail.Shops` does not exist",
                        one + "the columns of granted members of table `retail.Shops` must be at least one, and each"
                                + " named once",
                        one + "0 members of table `retail.Shops` are granted, expected 1 to 1000",
                        one + "the columns of granted members of table `retail.Shops` must be at least one, and each"
                                + " named once",
                        one + "member path 2 of table `retail.Sales` has 0 elements, expected 1 to 1",
                        one + "member path 3 of table `retail.Sales` has 2 elements, expected 1 to 1",
                        one + "member path 4 of table `retail.Sales` does not fit column `Quantity`, which is of type"
                                + " `BIGINT`"),
                refused(samples, provider));
    }

    @Test
    void whatIsNotInTheStoreIsTold(SampleLibrary samples) {
        assertEquals(
                "provider `desks` needs role `three` to exist",
                refused(
                        samples,
                        EntitlementsProvider.builder("desks")
                                .forRole("three")
                                .hideTable("retail", "Shops")
                                .build()));
        assertEquals(
                "provider `desks` needs context value `nothing` to exist",
                refused(
                        samples,
                        EntitlementsProvider.builder("desks")
                                .forRole("r1")
                                .withContextValue("nothing", 1)
                                .build()));
    }

    @Test
    void providersHaveNamesOfTheirOwn(SampleLibrary samples) {
        EntitlementsProvider desks = EntitlementsProvider.builder("desks").build();
        assertEquals(
                "two providers have the name `Desks`",
                refused(samples, desks, EntitlementsProvider.builder("Desks").build()));
        for (String name : List.of("", " ", "a/b", "a b", "x".repeat(65), "`")) {
            assertEquals(
                    "the name of a provider must have 1 to 64 letters, digits, `_`, `.` and `-`",
                    refused(samples, EntitlementsProvider.builder(name).build()));
        }
        assertTrue(refused(samples, () -> {
                    throw new IllegalStateException("canary");
                })
                .matches("the entitlements provider `\\S+` failed"));
    }
}
