package io.icespar.engine.secure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.icespar.engine.catalog.Table;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.ListedAuthorities;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.junit.jupiter.api.Test;

/** What callers are shown of tables, as it stands in the plans of their queries. */
class RestrictorTest {
    private static final PlanFixture FIXTURE = PlanFixture.of(
            "CREATE ROLE q",
            "CREATE RESTRICTION paris ON Shops USING (City = 'Paris') TO r",
            "CREATE RESTRICTION nice ON Shops USING (City = 'Nice') TO r, q",
            "CREATE RESTRICTION big ON Shops USING (Size > 5) TO r",
            "CREATE RESTRICTION few ON Sales USING (Quantity < 3) TO q",
            "CREATE RESTRICTION boss ON Regions USING (EXISTS (SELECT 1 FROM Gifts g WHERE g.Id = Regions.Boss)) TO q",
            "CREATE MASK m ON Gifts (Price) USING (0) TO q");

    private static void assertTree(PlanFixture fixture, String sql, String tree) {
        assertEquals(tree, fixture.tree(sql).replace("_UTF-8", "").replace(" CHARACTER SET \"UTF-8\"", ""));
    }

    @Test
    void restrictionsOnOneSubjectAreAlternativesAndOthersAllHold() {
        assertTree(FIXTURE, "SELECT City FROM Shops", """
                LogicalProject(City=[$1])
                  Fence(closed=[true])
                    LogicalFilter(condition=[AND(>($2, 5), OR(=($1, 'Nice'), =($1, 'Paris')))])
                      SecuredScan(table=[[s, Shops]])
                """);
        for (PlanFixture all : List.of(FIXTURE.as("ROLE_USER"), FIXTURE.as("ROLE_ADMIN", "r"))) {
            assertTree(all, "SELECT City FROM Shops", """
                    LogicalProject(City=[$1])
                      SecuredScan(table=[[s, Shops]])
                    """);
        }
    }

    @Test
    void aTableThatRequiresARestrictionShowsNothingWithoutOne() {
        assertTree(PlanFixture.of("ALTER TABLE Shops SET ROW SECURITY REQUIRED"), "SELECT City FROM Shops", """
                LogicalProject(City=[$1])
                  Fence(closed=[true])
                    LogicalFilter(condition=[false])
                      SecuredScan(table=[[s, Shops]])
                """);
    }

    @Test
    void restrictionsTravelOverReferencesHopByHop() {
        String shops = """
                LogicalProject(Shop=[$0])
                  LogicalFilter(condition=[AND(>($2, 5), OR(=($1, 'Nice'), =($1, 'Paris')))])
                    SecuredScan(table=[[s, Shops]])
                """;
        assertTree(FIXTURE, "SELECT Sale FROM Sales", """
                LogicalProject(Sale=[$0])
                  Fence(closed=[true])
                    LogicalFilter(condition=[IN($1, {
                %s})])
                      SecuredScan(table=[[s, Sales]])
                """.formatted(shops));
        assertTree(FIXTURE.as("ROLE_USER", "q"), "SELECT Sale FROM Sales", """
                LogicalProject(Sale=[$0])
                  Fence(closed=[true])
                    LogicalFilter(condition=[AND(<($2, 3), IN($1, {
                LogicalProject(Shop=[$0])
                  LogicalFilter(condition=[AND(=($1, 'Nice'), IN($3, {
                LogicalProject(Region=[$0])
                  LogicalFilter(condition=[EXISTS({
                LogicalFilter(condition=[=($0, $cor0.Boss)])
                  SecuredScan(table=[[s, Gifts]])
                })], variablesSet=[[$cor0]])
                    SecuredScan(table=[[s, Regions]])
                }))])
                    SecuredScan(table=[[s, Shops]])
                }))])
                      SecuredScan(table=[[s, Sales]])
                """);
        assertTree(
                PlanFixture.of("CREATE RESTRICTION x ON Regions USING (Boss = 'x') TO r"),
                "SELECT Sale FROM Sales",
                """
                LogicalProject(Sale=[$0])
                  Fence(closed=[true])
                    LogicalFilter(condition=[IN($1, {
                LogicalProject(Shop=[$0])
                  LogicalFilter(condition=[IN($3, {
                LogicalProject(Region=[$0])
                  LogicalFilter(condition=[=($1, 'x')])
                    SecuredScan(table=[[s, Regions]])
                })])
                    SecuredScan(table=[[s, Shops]])
                })])
                      SecuredScan(table=[[s, Sales]])
                """);
    }

    @Test
    void whatAConditionReadsElsewhereIsNotRestricted() {
        PlanFixture reading = PlanFixture.of(
                "CREATE RESTRICTION known ON Gifts USING (Id IN (SELECT City FROM Shops WHERE Size IN"
                        + " (SELECT Price FROM Gifts))) TO r",
                "CREATE RESTRICTION paris ON Shops USING (City = 'Paris') TO r",
                "CREATE MASK m ON Shops (City) USING ('x') TO r");
        assertTree(reading, "SELECT Id FROM Gifts", """
                LogicalProject(Id=[$0])
                  Fence(closed=[true])
                    LogicalFilter(condition=[IN($0, {
                LogicalProject(City=[$1])
                  LogicalFilter(condition=[IN($2, {
                LogicalProject(Price=[$1])
                  SecuredScan(table=[[s, Gifts]])
                })])
                    SecuredScan(table=[[s, Shops]])
                })])
                      SecuredScan(table=[[s, Gifts]])
                """);
    }

    @Test
    void aMaskStandsInPlaceOfItsColumnBehindAFence() {
        assertTree(FIXTURE.as("ROLE_USER", "q"), "SELECT Price FROM Gifts", """
                LogicalProject(Price=[$1])
                  Fence(closed=[true])
                    Mask(Id=[$0], Price=[CAST(0):BIGINT])
                      SecuredScan(table=[[s, Gifts]])
                """);
        for (PlanFixture all : List.of(FIXTURE, FIXTURE.as("ROLE_ADMIN", "q"))) {
            assertTree(all, "SELECT Price FROM Gifts", """
                    LogicalProject(Price=[$1])
                      SecuredScan(table=[[s, Gifts]])
                    """);
        }
    }

    @Test
    void aColumnThatIsNotGrantedIsNotThere() {
        PlanFixture narrow = PlanFixture.of("REVOKE SELECT (Id) ON TABLE Gifts FROM PUBLIC");
        assertTree(narrow, "SELECT * FROM Gifts", """
                LogicalProject(Price=[$0])
                  Mask(Price=[$1])
                    SecuredScan(table=[[s, Gifts]])
                """);
        assertThrows(IcesparException.class, () -> narrow.tree("SELECT Id FROM Gifts"));
        assertEquals(
                ErrorCode.UNDEFINED_TABLE,
                assertThrows(
                                IcesparException.class,
                                () -> PlanFixture.of().closed().tree("SELECT Id FROM Gifts"))
                        .code());
        assertTree(PlanFixture.of("GRANT SELECT (Id) ON TABLE Gifts TO r").closed(), "SELECT * FROM Gifts", """
                LogicalProject(Id=[$0])
                  Mask(Id=[$0])
                    SecuredScan(table=[[s, Gifts]])
                """);
        assertTree(PlanFixture.of().closed().as("ROLE_ADMIN"), "SELECT Id FROM Gifts", """
                LogicalProject(Id=[$0])
                  SecuredScan(table=[[s, Gifts]])
                """);
    }

    private static Table table(PlanFixture fixture, String name) {
        return fixture.restrictor()
                .frontend(fixture.caller(), fixture.state())
                .catalog()
                .find(TableName.of("s", name))
                .orElseThrow();
    }

    @Test
    void ofAMaskedColumnNoKeyAndNoReferenceIsTold() {
        PlanFixture masked = PlanFixture.of("CREATE MASK m ON Shops (Shop) USING ('x') TO r");
        assertEquals(List.of(), table(masked, "Shops").key());
        assertEquals(List.of(), table(masked, "Sales").references());
        assertEquals(1, table(masked, "Shops").references().size());
        for (PlanFixture unmasked : List.of(masked.as("ROLE_USER"), masked.as("ROLE_ADMIN", "r"))) {
            assertEquals(List.of(Name.of("Shop")), table(unmasked, "Shops").key());
            assertEquals(1, table(unmasked, "Sales").references().size());
        }
    }

    @Test
    void aStageThatServedOneStateServesTheNextAsItIs() {
        Restrictor stage = PlanFixture.of().restrictor();
        PlanFixture plain = PlanFixture.of().as("ROLE_ADMIN");
        PlanFixture masked = PlanFixture.of("CREATE MASK m ON Regions (Boss) USING (NULL) TO r")
                .as("ROLE_ADMIN");
        for (boolean isMasked : new boolean[] {false, true, true, false}) {
            PlanFixture next = isMasked ? masked : plain;
            RelOptTable regions = stage.frontend(next.caller(), next.state()).table(TableName.of("s", "Regions"));
            assertEquals(
                    isMasked,
                    regions.getRowType().getFieldList().get(1).getType().isNullable());
        }
    }

    @Test
    void aQueryThatWasMadeForAnotherCallerIsNotSecured() {
        PlanFixture narrow = PlanFixture.of("REVOKE SELECT (Id) ON TABLE Gifts FROM PUBLIC");
        var whole = narrow.as("ROLE_ADMIN").validated("SELECT Id FROM Gifts");
        IcesparException e = assertThrows(
                IcesparException.class,
                () -> narrow.restrictor().secure(whole, narrow.caller(), narrow.state(), narrow.values()));
        assertEquals(ErrorCode.INTERNAL, e.code());
        assertEquals("the restrictions could not be applied", e.getMessage());
    }

    private static String withValues(String sql) {
        return PlanFixture.of(
                        "CREATE CONTEXT VALUE yes BOOLEAN DEFAULT TRUE",
                        "CREATE CONTEXT VALUE unsure BOOLEAN DEFAULT NULL",
                        "CREATE CONTEXT VALUE int_5 INTEGER DEFAULT 5",
                        "CREATE CONTEXT VALUE dbl DOUBLE DEFAULT 1.5",
                        "CREATE CONTEXT VALUE price DECIMAL(10, 2) DEFAULT 1.5",
                        "CREATE CONTEXT VALUE a_day DATE DEFAULT DATE '2021-02-04'",
                        "CREATE CONTEXT VALUE a_time TIMESTAMP DEFAULT TIMESTAMP '2021-02-04 13:05:00.120001'",
                        "CREATE CONTEXT VALUE words VARCHAR ARRAY DEFAULT ARRAY['a', 'b']",
                        "CREATE CONTEXT VALUE absent VARCHAR ARRAY DEFAULT NULL",
                        "CREATE CONTEXT VALUE no_words VARCHAR ARRAY DEFAULT ARRAY[]")
                .tree(sql)
                .replace("_UTF-8", "")
                .replace(" CHARACTER SET \"UTF-8\"", "");
    }

    @Test
    void aValueIsALiteralOfItsType() {
        assertEquals(
                """
                LogicalProject(EXPR$0=[CASE(true, true, null:BOOLEAN)], EXPR$1=[CASE(true, null:BOOLEAN, null:BOOLEAN)],\
                 EXPR$2=[CAST(5):INTEGER], EXPR$3=[CAST(1.5E0:DOUBLE):DOUBLE],\
                 EXPR$4=[CAST(1.50:DECIMAL(10, 2)):DECIMAL(10, 2)], EXPR$5=[CAST(2021-02-04):DATE],\
                 EXPR$6=[CAST(2021-02-04 13:05:00.120001:TIMESTAMP(6)):TIMESTAMP(6)], EXPR$7=[ARRAY('a', 'b')],\
                 EXPR$8=[null:VARCHAR NOT NULL ARRAY])
                  LogicalValues(tuples=[[{ 0 }]])
                """,
                withValues("SELECT CONTEXT_VALUE('yes'), CONTEXT_VALUE('unsure'), CONTEXT_VALUE('int_5'),"
                        + " CONTEXT_VALUE('dbl'), CONTEXT_VALUE('price'), CONTEXT_VALUE('a_day'),"
                        + " CONTEXT_VALUE('a_time'), CONTEXT_VALUE('words'), CONTEXT_VALUE('absent')"));
    }

    @Test
    void anArrayThatIsComparedWithIsTheRowsOfItsElements() {
        String rows = """
                LogicalProject(VALUE=[CAST($0):VARCHAR NOT NULL])
                  ArrayRows(type=[VARCHAR NOT NULL], elements=['a', 'b'])
                """;
        String none = """
                LogicalProject(VALUE=[CAST($0):VARCHAR NOT NULL])
                  LogicalValues(tuples=[[]])
                """;
        String plan = """
                LogicalProject(Id=[$0])
                  LogicalFilter(condition=[%s])
                    SecuredScan(table=[[s, Gifts]])
                """;
        String sql = "SELECT Id FROM Gifts WHERE Id %s (CONTEXT_VALUE('%s'))";
        assertEquals(plan.formatted("IN($0, {\n" + rows + "})"), withValues(sql.formatted("= ANY", "words")));
        assertEquals(plan.formatted("NOT(IN($0, {\n" + rows + "}))"), withValues(sql.formatted("<> ALL", "words")));
        assertEquals(plan.formatted("IN($0, {\n" + none + "})"), withValues(sql.formatted("= ANY", "no_words")));
        assertEquals(
                plan.formatted("IN($0, {\nLogicalProject(EXPR$0=[$0])\n"
                        + rows.replace("VALUE", "EXPR$0").indent(2) + "})"),
                withValues(sql.formatted("IN (SELECT * FROM UNNEST", "words") + ")"));
        for (String operator : List.of("= ANY", "<> ALL")) {
            assertEquals(plan.formatted("=($0, null)"), withValues(sql.formatted(operator, "absent")));
        }
    }

    @Test
    void ofTwoMasksThatOfTheHigherAuthorityIsShown() {
        PlanFixture two = PlanFixture.of(
                        "CREATE ROLE q",
                        "CREATE MASK a ON Gifts (Price) USING (1) TO q",
                        "CREATE MASK b ON Gifts (Price) USING (2) TO r")
                .as("ROLE_USER", "q", "r");
        for (String highest : List.of("q", "r")) {
            var authorities = new ListedAuthorities(List.of(Name.of(highest)));
            assertEquals(
                    true,
                    RelOptUtil.toString(two.restrictor(authorities)
                                    .secure(
                                            two.validated("SELECT Price FROM Gifts"),
                                            two.caller(),
                                            two.state(),
                                            two.values())
                                    .tree())
                            .contains(highest.equals("q") ? "CAST(1)" : "CAST(2)"));
        }
    }

    @Test
    void whatAQueryReadsAndWhatHoldsOnItIsTold() {
        SecuredQuery sales = FIXTURE.as("ROLE_USER", "q")
                .secured(
                        "SELECT Sale FROM Sales WHERE EXISTS (SELECT 1 FROM Gifts WHERE Id IN (SELECT Shop FROM Sales))");
        assertEquals(
                PlanFixture.tables("Sales", "Gifts"),
                Set.copyOf(Applied.of(sales).tables()));
        assertEquals(
                List.of(Name.of("boss"), Name.of("few"), Name.of("nice")),
                Applied.of(sales).restrictions());
    }

    @Test
    void aCallersValuesStandInTheQueryAndInConditions() {
        PlanFixture valued = PlanFixture.of(
                "CREATE CONTEXT VALUE cty VARCHAR DEFAULT 'Paris'",
                "CREATE CONTEXT VALUE cities VARCHAR ARRAY DEFAULT ARRAY['Nice', 'o''Nice']",
                "CREATE CONTEXT VALUE missing VARCHAR",
                "CREATE RESTRICTION city ON Shops USING (City = CONTEXT_VALUE('cty')) TO r",
                "CREATE RESTRICTION gone ON Gifts USING (Id = CONTEXT_VALUE('missing')) TO r",
                "CREATE RESTRICTION list ON Regions USING (Region <> ALL (CONTEXT_VALUE('cities')) AND EXISTS"
                        + " (SELECT 1 FROM Types WHERE t = CURRENT_USER)) TO r");
        assertTree(valued, "SELECT Shop FROM Shops WHERE Shop = CURRENT_USER", """
                LogicalProject(Shop=[$0])
                  LogicalFilter(condition=[=($0, CAST(?-2):VARCHAR NOT NULL)])
                    Fence(closed=[true])
                      LogicalFilter(condition=[AND(=($1, ?-3), IN($3, {
                LogicalProject(Region=[$0])
                  LogicalFilter(condition=[AND(NOT(IN($0, {
                LogicalProject(VALUE=[CAST($0):VARCHAR NOT NULL])
                  ArrayRows(type=[VARCHAR NOT NULL], elements=['Nice', 'o''Nice'])
                })), EXISTS({
                LogicalFilter(condition=[=($7, CAST(?-2):VARCHAR NOT NULL)])
                  SecuredScan(table=[[s, Types]])
                }))])
                    SecuredScan(table=[[s, Regions]])
                }))])
                        SecuredScan(table=[[s, Shops]])
                """);
        IcesparException e = assertThrows(IcesparException.class, () -> valued.tree("SELECT Id FROM Gifts"));
        assertEquals(ErrorCode.MISSING_CONTEXT_VALUE, e.code());
    }
}
