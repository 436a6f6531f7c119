package io.icespar.security.store;

import static io.icespar.security.store.Fixture.columns;
import static io.icespar.security.store.Fixture.names;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.CreateMask;
import io.icespar.security.command.SecurityCommand.CreateRestriction;
import io.icespar.security.command.SecurityCommand.CreateView;
import io.icespar.security.command.SecurityCommand.GrantSelect;
import io.icespar.security.command.SecurityCommand.RevokeSelect;
import io.icespar.security.command.SecurityCommand.SetRowSecurity;
import io.icespar.security.context.ClaimPath;
import io.icespar.security.context.ContextType;
import io.icespar.security.context.GivenValue;
import io.icespar.security.context.TypedValue;
import io.icespar.security.cube.Cube;
import io.icespar.security.cube.CubeColumn;
import io.icespar.security.cube.DefaultMember;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.HierarchyName;
import io.icespar.security.cube.Join;
import io.icespar.security.cube.Level;
import io.icespar.security.cube.Measure;
import io.icespar.security.cube.MemberPath;
import io.icespar.security.cube.MembersGrant;
import io.icespar.security.cube.Part;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.Scope;
import io.icespar.security.restriction.Subject;
import io.icespar.security.view.View;
import io.icespar.security.view.ViewColumn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A state with a row in every table of a store, and odd characters wherever they may be. */
public final class FullState {
    private FullState() {}

    /** The state. */
    public static Fixture of() {
        return Fixture.administered()
                .role("inner")
                .role("rôle 'quoted\" 🦊", "inner")
                .user("Bob", "inner", "ROLE_USER")
                .userWithPassword("o'hara", "rôle 'quoted\" 🦊")
                .restriction("by columns", columns("City", "Größe", "a;b"), "PUBLIC", "inner")
                .restriction("by none", columns())
                .restriction("own", new Subject.Own(Name.of("own")), "inner")
                .restriction("whole", new Subject.WholeTable(), "PUBLIC")
                .after(new SetRowSecurity(Fixture.SHOPS, true))
                .after(new GrantSelect(PRIVILEGES, names("inner")))
                .after(new RevokeSelect(PRIVILEGES, names("PUBLIC")))
                .after(mask("mask 🦊", "'***'", names("PUBLIC"), names("inner")))
                .after(mask("other", "NULL", names("inner", "rôle 'quoted\" 🦊"), List.of()))
                .after(new CreateRestriction(
                        Name.of("long"),
                        Fixture.SHOPS,
                        "\"City\" IN (" + "'Saint-Étienne', ".repeat(100_000) + "'')",
                        columns("City"),
                        false,
                        false,
                        names("inner")))
                .contextValue("Währung", "VARCHAR", "it's\n🦊")
                .contextValue("amount", "DECIMAL(38, 10)", null)
                .contextValue("small", "DOUBLE", Double.MIN_VALUE)
                .contextValue("days", "DATE ARRAY", List.of("2021-02-04", "0001-01-01"))
                .contextValue("times", "TIMESTAMP ARRAY", List.of("2021-02-04T00:00", "9999-12-31T23:59:59.999999"))
                .contextValue("texts", "VARCHAR ARRAY", List.of())
                .after(new SecurityCommand.CreateContextValue(
                        Name.of("own"),
                        ContextType.parse("BOOLEAN"),
                        Optional.empty(),
                        Optional.of(new ClaimPath("a.b")),
                        true,
                        false,
                        false))
                .setForUser("o'hara", "amount", new BigDecimal("-0.5"))
                .setForUser("o'hara", "queries_time_limit", 30)
                .setForRole("inner", "texts", List.of("", ",", "1:", "[", "'"))
                .after(new SecurityCommand.SetContextValue(
                        new Grantee.Role(Name.of("inner")), Name.of("own"), GivenValue.ofNull()))
                .reading("reads", "Währung", "TEXTS")
                .after(new CreateMask(
                        Name.of("reading"),
                        Fixture.SHOPS,
                        Name.of("City"),
                        "1",
                        Set.of(Name.of("AMOUNT"), Name.of("small")),
                        false,
                        List.of(),
                        List.of()))
                .after(new CreateView(INNER, false, false))
                .after(new CreateView(OUTER, false, false))
                .mapping("it's 🦊", "inner", "rôle 'quoted\" 🦊")
                .mapping("IT'S 🦊", "ROLE_ADMIN")
                .byDefault("inner", "ROLE_USER")
                .after(new SecurityCommand.CreateCube(CUBE, false, false))
                .after(new SecurityCommand.CreateCube(
                        new Cube(TableName.of("größe", "empty"), Fixture.SHOPS, List.of(), List.of()), false, false))
                .after(new SecurityCommand.GrantMembers(members("inner", member("it's", "1.50"), member("🦊"))))
                .after(new SecurityCommand.GrantMembers(members("PUBLIC", member("", "-0.00"))))
                .after(new SecurityCommand.SetVisibility(
                        new Part(CUBE.name(), Part.Kind.DIMENSION, Name.of("dimension 🦊")), Name.of("inner"), true))
                .after(new SecurityCommand.SetVisibility(
                        new Part(CUBE.name(), Part.Kind.MEASURE, Name.of("other")), Name.of("PUBLIC"), false))
                .after(new SecurityCommand.SetVisibility(
                        new Part(CUBE.name(), Part.Kind.MEASURE, Name.of("other")), Name.of("inner"), true))
                .after(new SecurityCommand.SetDefaultMember(
                        new DefaultMember(GEOGRAPHY, new Grantee.Role(Name.of("inner")), member("a", "2.00"))))
                .after(new SecurityCommand.SetDefaultMember(
                        new DefaultMember(GEOGRAPHY, new Grantee.User(Name.of("o'hara")), member("a"))));
    }

    private static final List<Join> PATH = List.of(
            new Join(names("Größe", "a;b"), TableName.of("retail", "o'hara"), names("x", "\"y\"")),
            new Join(names("z"), TableName.of("größe", "t"), names("id")));

    /** A cube with hierarchies of two levels and of twelve, and two measures. */
    public static final Cube CUBE = new Cube(
            TableName.of("retail", "cube 🦊"),
            Fixture.SHOPS,
            List.of(
                    new Hierarchy(
                            Name.of("o'hara"),
                            Name.of("dimension 🦊"),
                            false,
                            List.of(
                                    new Level(Name.of("text"), new CubeColumn(PATH, Name.of("Größe"))),
                                    new Level(Name.of("number"), new CubeColumn(PATH.subList(0, 1), Name.of("n"))))),
                    new Hierarchy(
                            Name.of("twelve"),
                            Name.of("twelve"),
                            true,
                            IntStream.rangeClosed(1, 12)
                                    .mapToObj(i -> new Level(
                                            Name.of("level " + i), new CubeColumn(List.of(), Name.of("c" + i))))
                                    .toList())),
            List.of(
                    new Measure(
                            Name.of("measure \"🦊\""),
                            "SUM(\"Größe\") -- 🦊",
                            Optional.of("#,##0.00 '€'"),
                            Optional.of("it's 🦊"),
                            Set.of(Name.of("level 12"), Name.of("other")),
                            Set.of(Name.of("Währung"), Name.of("queries_time_limit"))),
                    new Measure(Name.of("other"), "COUNT(*)", Optional.empty(), Optional.empty(), Set.of(), Set.of())));

    static final HierarchyName GEOGRAPHY = new HierarchyName(CUBE.name(), Name.of("o'hara"));

    static MemberPath member(String text, String... number) {
        List<TypedValue> values = new ArrayList<>();
        values.add(ContextType.parse("VARCHAR").convert(text).orElseThrow());
        for (String each : number) {
            values.add(ContextType.decimal(10, 2).convert(new BigDecimal(each)).orElseThrow());
        }
        return new MemberPath(values);
    }

    static MembersGrant members(String role, MemberPath... members) {
        return new MembersGrant(
                GEOGRAPHY,
                Name.of(role),
                CUBE.fact(),
                CUBE.hierarchies().get(0).columns(),
                Set.copyOf(List.of(members)));
    }

    static final View INNER = new View(
            TableName.of("retail", "view 🦊"),
            IntStream.rangeClosed(1, 12)
                    .mapToObj(i -> new ViewColumn(Name.of("o'hara " + i), "DECIMAL(10, 2)"))
                    .toList(),
            "SELECT 'it''s'\n-- 🦊\nFROM \"Größe\"",
            Map.of(Fixture.SHOPS, Set.of(Name.of("Größe"), Name.of("a;b")), TableName.of("größe", "t"), Set.of()),
            Set.of(Name.of("währung"), Name.of("queries_time_limit")));

    /** Another view that reads it. */
    public static final View OUTER = new View(
            TableName.of("RETAIL", "outer"),
            List.of(new ViewColumn(Name.of("c"), "BIGINT")),
            "VALUES (1)",
            Map.of(INNER.name(), Set.of(Name.of("O'Hara 11"))),
            Set.of());

    static CreateMask mask(String name, String expression, List<Name> to, List<Name> except) {
        return new CreateMask(Name.of(name), Fixture.SHOPS, Name.of("Größe"), expression, true, to, except);
    }

    static final List<Scope> PRIVILEGES = List.of(
            new Scope.OfSchema(Name.of("größe")),
            new Scope.OfTable(TableName.of("retail", "o'hara")),
            new Scope.OfColumn(Fixture.SHOPS, Name.of("a;b")));
}
