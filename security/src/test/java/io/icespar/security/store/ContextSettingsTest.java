package io.icespar.security.store;

import static io.icespar.security.store.Fixture.names;
import static io.icespar.security.store.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.security.command.SecurityCommand.CreateContextValue;
import io.icespar.security.command.SecurityCommand.CreateMask;
import io.icespar.security.command.SecurityCommand.CreateRestriction;
import io.icespar.security.command.SecurityCommand.DropContextValue;
import io.icespar.security.command.SecurityCommand.DropRestriction;
import io.icespar.security.command.SecurityCommand.DropRole;
import io.icespar.security.command.SecurityCommand.DropUser;
import io.icespar.security.command.SecurityCommand.ResetContextValue;
import io.icespar.security.command.SecurityCommand.SetContextValue;
import io.icespar.security.context.ClaimPath;
import io.icespar.security.context.ContextDefinition;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.context.ContextType;
import io.icespar.security.context.GivenValue;
import io.icespar.security.context.TypedValue;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the commands on context values do, and when they are refused. */
class ContextSettingsTest {
    private static final Name REGION = Name.of("region");
    private static final Fixture BASE =
            Fixture.administered().role("r").user("Bob", "r").contextValue("region", "VARCHAR", "EU");

    private static Fixture replace(Fixture fixture, String type, boolean settable) {
        return fixture.after(new CreateContextValue(
                Name.of("REGION"), ContextType.parse(type), Optional.empty(), Optional.empty(), settable, true, false));
    }

    private static String ofBob(Fixture fixture) {
        return fixture.state()
                .context()
                .ofUser(Name.of("bob"), REGION)
                .map(TypedValue::toString)
                .orElse("");
    }

    @Test
    void aValueIsSetAndResetForUsersAndRoles() {
        Fixture set = BASE.setForUser("BOB", "Region", "US").setForRole("R", "REGION", "FR");
        assertEquals("US", ofBob(set));
        assertEquals(
                "FR",
                set.state().context().ofRole(Name.of("r"), REGION).orElseThrow().toString());
        Fixture both = set.contextValue("desk", "VARCHAR", null).setForUser("Bob", "desk", "one");
        assertEquals("US", ofBob(both), "one value more takes none away");
        Fixture reset = set.after(new ResetContextValue(new Grantee.User(Name.of("bob")), REGION))
                .after(new ResetContextValue(new Grantee.Role(Name.of("r")), REGION))
                .after(new ResetContextValue(new Grantee.Role(Name.of("r")), REGION));
        assertEquals(BASE.state().context(), reset.state().context());
    }

    @Test
    void whatGoesTakesItsValuesWithIt() {
        Fixture set = BASE.setForUser("Bob", "region", "US").setForRole("r", "region", "FR");
        assertEquals(
                BASE.state().context(),
                set.after(new DropUser(Name.of("bob"), false))
                        .after(new DropRole(Name.of("R"), false))
                        .state()
                        .context());
        assertEquals(
                ContextSettings.none(),
                set.after(new DropContextValue(Name.of("REGION"), false))
                        .state()
                        .context());
    }

    @Test
    void aValueOfAnotherTypeIsRefusedWithItsPlace() {
        Fixture days = BASE.contextValue("day", "DATE", null);
        assertRefused(
                ErrorCode.DATATYPE_MISMATCH,
                "context value `day` takes a literal of type `DATE` (line 1, column 7)",
                () -> days.after(new SetContextValue(
                        new Grantee.User(Name.of("Bob")),
                        Name.of("Day"),
                        new GivenValue(Optional.of(5), " (line 1, column 7)"))));
        assertRefused(ErrorCode.DATATYPE_MISMATCH, () -> BASE.contextValue("n", "INTEGER", "five"));
    }

    @Test
    void whereATextDoesNotFitTheErrorSaysWhichDo() {
        String taken = "context value `%s` takes a literal of type `%s`";
        String texts = " of at most %s2097152 characters, none of them NUL or half of one";
        assertRefused(
                ErrorCode.DATATYPE_MISMATCH,
                (taken + texts).formatted("region", "VARCHAR", ""),
                () -> BASE.setForUser("Bob", "region", "a\0"));
        assertRefused(
                ErrorCode.DATATYPE_MISMATCH,
                taken.formatted("region", "VARCHAR"),
                () -> BASE.setForUser("Bob", "region", 5));
        Fixture lists = BASE.contextValue("regions", "VARCHAR ARRAY", null);
        assertRefused(
                ErrorCode.DATATYPE_MISMATCH,
                (taken + texts).formatted("regions", "VARCHAR ARRAY", "100000 elements and "),
                () -> lists.setForUser("Bob", "regions", List.of("a\0")));
    }

    @Test
    void whereNobodyClaimsAnythingDefaultsAndSettingsStay() {
        Fixture claiming = BASE.setForRole("r", "region", "FR")
                .after(new CreateContextValue(
                        Name.of("Desk"),
                        ContextType.parse("VARCHAR"),
                        Optional.of(GivenValue.of("none")),
                        Optional.of(new ClaimPath("desk")),
                        true,
                        false,
                        false));
        ContextSettings claimless = claiming.state().context().withoutClaims();
        assertEquals(
                List.of(Optional.empty(), Optional.empty()),
                claimless.created().values().stream()
                        .map(ContextDefinition::claim)
                        .toList());
        assertEquals(
                "none",
                claimless.get(Name.of("desk")).defaultValue().orElseThrow().toString());
        assertEquals(claiming.state().context().roles(), claimless.roles());
    }

    @Test
    void whatIsNotThereCannotBeSetOrRead() {
        assertRefused(
                ErrorCode.UNDEFINED_OBJECT,
                "context value `nothing` does not exist",
                () -> BASE.setForUser("Bob", "nothing", 1));
        assertRefused(
                ErrorCode.UNDEFINED_OBJECT,
                "user `nobody` does not exist",
                () -> BASE.setForUser("nobody", "region", "EU"));
        assertRefused(ErrorCode.UNDEFINED_OBJECT, () -> BASE.setForRole("nobody", "region", "EU"));
        assertRefused(ErrorCode.UNDEFINED_OBJECT, () -> BASE.reading("x", "nothing"));
        assertRefused(ErrorCode.UNDEFINED_OBJECT, () -> BASE.after(new DropContextValue(Name.of("nothing"), false)));
        assertEquals(
                BASE.state().context(),
                BASE.after(new DropContextValue(Name.of("nothing"), true))
                        .state()
                        .context());
    }

    @Test
    void aNameIsUsedOnce() {
        assertEquals(
                BASE.state().context(),
                BASE.after(new CreateContextValue(
                                Name.of("Region"),
                                ContextType.parse("INTEGER"),
                                Optional.empty(),
                                Optional.empty(),
                                true,
                                false,
                                true))
                        .state()
                        .context());
        assertRefused(
                ErrorCode.DUPLICATE_OBJECT,
                "context value `Region` exists already",
                () -> BASE.contextValue("Region", "VARCHAR", null));
        assertRefused(ErrorCode.DUPLICATE_OBJECT, () -> BASE.contextValue("queries_TIME_limit", "INTEGER", null));
        assertRefused(ErrorCode.INVALID_NAME, () -> BASE.contextValue(" x", "INTEGER", null));
    }

    @Test
    void aRestrictionReadsNoValueThatCallersSet() {
        assertRefused(
                ErrorCode.INVALID_RESTRICTION,
                "a restriction's condition cannot read context value `mine`, which callers may set",
                () -> BASE.settable("mine", "VARCHAR").reading("x", "mine"));
        assertRefused(ErrorCode.INVALID_RESTRICTION, () -> BASE.reading("x", "queries_time_limit"));
        Fixture reading = BASE.reading("x", "region");
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "context value `region` cannot be made settable: restriction `x` reads it, and callers could set what"
                        + " they see",
                () -> replace(reading, "VARCHAR", true));
        Fixture other = reading.contextValue("other", "VARCHAR", "x").after(maskReading("m", "region"));
        other.after(new CreateContextValue(
                Name.of("other"), ContextType.parse("INTEGER"), Optional.empty(), Optional.empty(), true, true, false));
        Fixture replaced = BASE.settable("mine", "VARCHAR").restriction("x", Fixture.columns());
        assertRefused(
                ErrorCode.INVALID_RESTRICTION,
                () -> replaced.after(new CreateRestriction(
                        Name.of("x"),
                        Fixture.SHOPS,
                        "x",
                        Fixture.columns(),
                        Set.of(Name.of("mine")),
                        true,
                        false,
                        Fixture.names())));
    }

    @Test
    void whatARestrictionReadsStaysAsItIs() {
        Fixture reading = BASE.reading("x", "region");
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "context value `region` cannot be dropped: restriction `x` reads it, drop that first",
                () -> reading.after(new DropContextValue(REGION, false)));
        assertRefused(ErrorCode.DEPENDENT_OBJECTS, () -> replace(reading, "INTEGER", false));
        Fixture free = reading.after(new DropRestriction(Name.of("x"), false));
        assertEquals(
                "INTEGER",
                replace(free, "INTEGER", true)
                        .state()
                        .context()
                        .find(REGION)
                        .orElseThrow()
                        .type()
                        .toString());
    }

    @Test
    void theTypeOfWhatIsSetCannotBeChanged() {
        Fixture set = BASE.setForUser("Bob", "region", "US");
        assertRefused(ErrorCode.DEPENDENT_OBJECTS, () -> replace(set, "INTEGER", false));
        replace(BASE.contextValue("other", "VARCHAR", null).setForUser("Bob", "other", "x"), "INTEGER", false);
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                () -> replace(BASE.setForRole("r", "region", "US"), "VARCHAR ARRAY", false));
        assertEquals("US", ofBob(replace(set, "VARCHAR", true)));
    }

    @Test
    void aLimitIsAlwaysThere() {
        assertRefused(
                ErrorCode.INVALID_NAME, () -> BASE.after(new DropContextValue(Name.of("QUERIES_TIME_LIMIT"), false)));
        assertRefused(
                ErrorCode.INVALID_NAME,
                () -> BASE.after(new CreateContextValue(
                        Name.of("queries_time_limit"),
                        ContextType.parse("VARCHAR"),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        true,
                        false)));
        assertRefused(
                ErrorCode.INVALID_PARAMETER,
                "limit `queries_time_limit` must be at least 1, or NULL for none",
                () -> BASE.setForUser("Bob", "queries_time_limit", 0));
        BASE.setForUser("Bob", "queries_time_limit", 1);
    }

    @Test
    void aMaskReadsNoValueThatCallersSet() {
        Fixture made = Fixture.administered()
                .contextValue("rate", "INTEGER", null)
                .settable("free", "INTEGER")
                .after(maskReading("m", "RATE"));
        assertEquals("[rate]", made.state().masks().all().get(0).contextValues().toString());
        assertRefused(
                ErrorCode.INVALID_RESTRICTION,
                "a mask's expression cannot read context value `free`, which callers may set",
                () -> made.after(maskReading("n", "free")));
        assertRefused(ErrorCode.UNDEFINED_OBJECT, () -> made.after(maskReading("n", "nothing")));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "context value `rate` cannot be made settable: mask `m` reads it, and callers could set what they see",
                () -> made.after(new CreateContextValue(
                        Name.of("rate"),
                        ContextType.parse("INTEGER"),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        true,
                        false)));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "context value `rate` cannot be dropped: mask `m` reads it, drop that first",
                () -> made.after(new DropContextValue(Name.of("rate"), false)));
    }

    private static CreateMask maskReading(String name, String value) {
        return new CreateMask(
                Name.of(name),
                Fixture.SHOPS,
                Name.of("City"),
                name,
                Set.copyOf(names(value)),
                false,
                List.of(),
                List.of());
    }
}
