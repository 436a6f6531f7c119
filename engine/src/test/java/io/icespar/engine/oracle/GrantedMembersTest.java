package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.CreateCube;
import io.icespar.security.command.SecurityCommand.GrantMembers;
import io.icespar.security.command.SecurityCommand.RevokeMembers;
import io.icespar.security.context.ContextType;
import io.icespar.security.cube.Cube;
import io.icespar.security.cube.CubeColumn;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.HierarchyName;
import io.icespar.security.cube.Join;
import io.icespar.security.cube.Level;
import io.icespar.security.cube.MemberPath;
import io.icespar.security.cube.MembersGrant;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.plugin.Plugins;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Members of a cube's hierarchies that are granted to roles, seen in the tables beneath. */
@ExtendWith(Samples.class)
class GrantedMembersTest {
    private static final String TOTAL = "SELECT SUM(\"Quantity\") FROM \"Sales\"";
    private static final TableName CUBE = TableName.of("retail", "Members cube");
    private static final TableName SALES = TableName.of("retail", "Sales");
    private static final Join TO_SHOPS = new Join(names("Shop"), TableName.of("retail", "Shops"), names("Shop ID"));
    private static final Hierarchy GEOGRAPHY =
            hierarchy("Geography", column("Country", TO_SHOPS), column("City", TO_SHOPS));
    private static final Hierarchy SIZE = hierarchy("Size", column("Shop size", TO_SHOPS));

    /** Its levels meet at the facts only. */
    private static final Hierarchy MARKET = hierarchy("Market", column("City", TO_SHOPS), column("Product"));

    private static final List<Hierarchy> HIERARCHIES = List.of(GEOGRAPHY, SIZE, MARKET);

    /** French and Parisian users as in the documents, ann with both roles and others, and one without any. */
    private static final String USERS = """
            CREATE USER admin; GRANT ROLE_ADMIN TO USER admin;
            CREATE ROLE ROLE_FRANCE; CREATE ROLE ROLE_PARIS; CREATE ROLE r;
            CREATE USER "global-user"; GRANT ROLE_USER TO USER "global-user";
            CREATE USER "french-user"; GRANT ROLE_USER, ROLE_FRANCE TO USER "french-user";
            CREATE USER "parisian-user"; GRANT ROLE_USER, ROLE_PARIS TO USER "parisian-user";
            CREATE USER ann; GRANT ROLE_USER, ROLE_FRANCE, r TO USER ann;
            """;

    private static List<Name> names(String... names) {
        return Stream.of(names).map(Name::of).toList();
    }

    private static CubeColumn column(String name, Join... path) {
        return new CubeColumn(List.of(path), Name.of(name));
    }

    private static Hierarchy hierarchy(String name, CubeColumn... columns) {
        return new Hierarchy(
                Name.of(name),
                Name.of(name),
                false,
                Stream.of(columns)
                        .map(column -> new Level(Name.of(name + " " + column.column()), column))
                        .toList());
    }

    private static MemberPath path(String... values) {
        ContextType text = ContextType.of(ContextType.Base.VARCHAR);
        return new MemberPath(Stream.of(values)
                .map(value -> text.convert(value).orElseThrow())
                .toList());
    }

    private static GrantMembers grant(Hierarchy hierarchy, String role, MemberPath... paths) {
        return new GrantMembers(new MembersGrant(
                new HierarchyName(CUBE, hierarchy.name()), Name.of(role), SALES, hierarchy.columns(), Set.of(paths)));
    }

    private static void run(Sample sample, SecurityCommand... commands) {
        var security = sample.engine().security();
        for (SecurityCommand command : commands) {
            security.execute(security.state().findCaller(Name.of("admin")).orElseThrow(), command);
        }
    }

    /** A sample with the cube and what was granted. */
    private static Sample sample(SampleLibrary samples, SecurityCommand... commands) {
        Sample sample = samples.openNew(USERS, Plugins.none());
        run(sample, new CreateCube(new Cube(CUBE, SALES, HIERARCHIES, List.of()), false, false));
        run(sample, commands);
        return sample;
    }

    private static Sample documents(SampleLibrary samples) {
        return sample(
                samples,
                grant(GEOGRAPHY, "ROLE_FRANCE", path("France")),
                grant(GEOGRAPHY, "ROLE_PARIS", path("France", "Paris")));
    }

    @Tag("security")
    @ParameterizedTest
    @EnumSource(names = {"FRENCH", "PARISIAN"})
    void anAnswerIsThatOfACopyWithoutTheHiddenRows(SampleUser user, SampleLibrary samples) {
        try (Sample sample = documents(samples)) {
            for (CorpusQuery query : Corpus.queries()) {
                assertEquals(
                        samples.visibleTo(user).session(user).observe(query).withoutWords(),
                        sample.session(user).observe(query).withoutWords(),
                        query.toString());
            }
        }
    }

    @Tag("security")
    @Test
    void ofOneHierarchyTheyWidenAndAcrossHierarchiesTheyNarrow(SampleLibrary samples) {
        try (Sample sample = documents(samples)) {
            sample.session("french-user").sql(TOTAL).returns("3027");
            sample.session("parisian-user").sql(TOTAL).returns("603");
            sample.session("global-user").sql(TOTAL).returns("8077");
            sample.session("admin").sql(TOTAL).returns("8077");
            SampleStatement ann = sample.session("ann").prepared(TOTAL);
            ann.returns("3027");
            run(sample, grant(GEOGRAPHY, "r", path("USA", "New York"), path("France", "Lyon")));
            ann.returns("3835");
            run(sample, grant(SIZE, "r", path("big")));
            sample.run("CREATE RESTRICTION gm ON \"Shops\" USING (\"Country\" = 'France') TO r");
            String big = sample.session("admin")
                    .sql(TOTAL
                            + " WHERE \"Shop\" IN (SELECT \"Shop ID\" FROM \"Shops\" WHERE \"Country\" = 'France' AND"
                            + " \"Shop size\" = 'big')")
                    .observation()
                    .text();
            ann.returns(big);
            sample.run("DROP RESTRICTION gm");
            run(sample, new RevokeMembers(new HierarchyName(CUBE, Name.of("Size")), Name.of("r"), List.of()));
            ann.returns("3835");
        }
    }

    @Tag("security")
    @Test
    void levelsOfSeveralTablesRestrictTheFactsAndTheUpperTable(SampleLibrary samples) {
        try (Sample sample = sample(
                samples,
                grant(
                        MARKET,
                        "r",
                        path("Paris"),
                        path("Lyon", "TAB_0"),
                        path("Nice", "TAB_0"),
                        path("Nice", "TAB_1")))) {
            SampleSession ann = sample.session("ann");
            String where = " WHERE \"Shop\" IN (SELECT \"Shop ID\" FROM \"Shops\" WHERE \"City\" = 'Paris'"
                    + " OR (\"City\" = 'Lyon' AND \"Product\" = 'TAB_0')"
                    + " OR (\"City\" = 'Nice' AND \"Product\" IN ('TAB_0', 'TAB_1')))";
            String expected =
                    sample.session("admin").sql(TOTAL + where).observation().text();
            ann.sql(TOTAL).returns(expected);
            ann.sql("SELECT DISTINCT \"City\" FROM \"Shops\"").returns("Lyon; Nice; Paris");
        }
    }

    @Tag("security")
    @Test
    void manyMembersCanBeGranted(SampleLibrary samples) {
        MemberPath[] many = IntStream.range(0, 5_000)
                .mapToObj(
                        i -> i == 0 ? path("Paris", "TAB_0") : i % 2 == 0 ? path("town " + i) : path("Paris", "p" + i))
                .toArray(MemberPath[]::new);
        try (Sample sample = sample(samples, grant(MARKET, "r", many))) {
            String expected = sample.session("admin")
                    .sql(TOTAL + " WHERE \"Product\" = 'TAB_0' AND \"Shop\" IN"
                            + " (SELECT \"Shop ID\" FROM \"Shops\" WHERE \"City\" = 'Paris')")
                    .observation()
                    .text();
            sample.session("ann").sql(TOTAL).returns(expected);
        }
    }

    /** Texts that are dangerous somewhere, and none of which is the name of a country. */
    static Stream<String> texts() {
        return ContextValueTest.texts().filter(text -> !text.isEmpty());
    }

    @Tag("security")
    @Test
    void aMemberIsNeverMoreThanAText(SampleLibrary samples) {
        MemberPath[] odd = texts().flatMap(text -> Stream.of(path(text), path("Paris", text)))
                .toArray(MemberPath[]::new);
        try (Sample sample = sample(samples, grant(MARKET, "r", odd))) {
            sample.session("ann").sql(TOTAL).returns("null");
        }
    }

    @Test
    void theyAreListedAndCheckedLikeRestrictions(SampleLibrary samples) {
        try (Sample sample = documents(samples)) {
            SampleSession admin = sample.session("admin");
            String name = "retail.Members cube.Geography for ROLE_FRANCE";
            admin.sql("SHOW RESTRICTIONS")
                    .returns(name + ", retail, Shops, hierarchy retail.Members cube.Geography, \"Country\" = 'France',"
                            + " ROLE_FRANCE, SQL; retail.Members cube.Geography for ROLE_PARIS, retail, Shops, hierarchy"
                            + " retail.Members cube.Geography, (\"Country\" = 'France' AND \"City\" = 'Paris'),"
                            + " ROLE_PARIS, SQL");
            String effective = admin.sql("SHOW EFFECTIVE RESTRICTIONS FOR USER \"french-user\" ON \"Sales\"")
                    .observation()
                    .text();
            assertEquals(true, effective.contains(name), effective);
            assertEquals(
                    "restriction `" + name
                            + "` comes of members that are granted, and is changed by `GRANT MEMBERS` and `REVOKE MEMBERS`",
                    admin.sql("DROP RESTRICTION \"" + name + "\"").fails(ErrorCode.INVALID_STATEMENT));
            String checked = admin.sql("CHECK RESTRICTIONS").observation().text();
            assertEquals(
                    List.of(),
                    checked.lines().filter(line -> line.contains("cannot")).collect(Collectors.toList()));
        }
    }
}
