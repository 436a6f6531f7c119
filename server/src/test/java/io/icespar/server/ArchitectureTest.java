package io.icespar.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.icespar.engine.backend.Backend;
import io.icespar.engine.backend.BackendQuery;
import io.icespar.engine.run.QueryRunner;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that the packages of all modules keep, beyond what the compiler checks. */
final class ArchitectureTest {
    private static final String SECURITY = "io.icespar.security";
    private static final String ENGINE = "io.icespar.engine";
    private static final String SERVER = "io.icespar.server";
    private static final String DRIVER = "io.icespar.jdbc";

    /** The stages of a query, lowest first: each may use those before it. */
    private static final List<String> ENGINE_ORDER = List.of("backend", "catalog", "sql", "secure", "plan", "run");

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // The driver's jar also holds the libraries that are shaded into it.
            .withImportOption(location -> !location.contains("/" + DRIVER.replace('.', '/') + "/shaded/"))
            .importPackages("io.icespar");

    @Test
    void allModulesAreLookedAt() {
        for (var root : List.of(SECURITY, ENGINE, SERVER)) {
            assertTrue(CODE.containPackage(root), root);
        }
    }

    // ---- Which package may know which

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.icespar.(**)").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void securityKnowsNoOtherModule() {
        noClasses()
                .that()
                .resideInAPackage(SECURITY + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ENGINE + "..",
                        SERVER + "..",
                        DRIVER + "..",
                        "org.apache.calcite..",
                        "org.eclipse.jetty..",
                        "jakarta.servlet..")
                .check(CODE);
    }

    @Test
    void theEngineKnowsNeitherServerNorDriver() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVER + "..", DRIVER + "..", "org.eclipse.jetty..", "jakarta.servlet..")
                .check(CODE);
    }

    @Test
    void theDriverStandsAlone() {
        noClasses()
                .that()
                .resideInAPackage(DRIVER + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SECURITY + "..", ENGINE + "..", SERVER + "..")
                .allowEmptyShould(true)
                .check(CODE);
    }

    @Test
    void theStagesOfAQueryPointOneWay() {
        for (int i = 0; i < ENGINE_ORDER.size(); i++) {
            var later = ENGINE_ORDER.subList(i + 1, ENGINE_ORDER.size()).stream()
                    .map(stage -> ENGINE + "." + stage + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ENGINE + "." + ENGINE_ORDER.get(i) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later)
                    .because("of " + String.join(" ◄ ", ENGINE_ORDER))
                    .check(CODE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sql", "secure", "plan", "run", "jdbc"})
    void noStageKnowsDuckDB(String stage) {
        noClasses()
                .that()
                .resideInAPackage(ENGINE + "." + stage + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ENGINE + ".duckdb..", "org.duckdb..")
                .check(CODE);
    }

    @Test
    void aFacadeIsForTheLayerAbove() {
        noClasses()
                .that(resideInAnyPackage(SECURITY + "..")
                        .and(describe("are not the facade", at(SECURITY).negate())))
                .should()
                .dependOnClassesThat(describe("are the facade", at(SECURITY)))
                .check(CODE);
        noClasses()
                .that(resideInAnyPackage(ENGINE + "..")
                        .and(describe("are not the facade", at(ENGINE).negate()))
                        .and(describe(
                                "are not JDBC, which stands on it",
                                in(ENGINE + ".jdbc").negate())))
                .should()
                .dependOnClassesThat(describe("are the facade", at(ENGINE)))
                .check(CODE);
        noClasses()
                .that(resideInAnyPackage(SERVER + "..")
                        .and(describe("are not the facade", at(SERVER).negate()))
                        .and(describe(
                                "are not the command line, which starts it",
                                in(SERVER + ".console").negate())))
                .should()
                .dependOnClassesThat(describe("are the facade", at(SERVER)))
                .check(CODE);
    }

    @Test
    void packagesAreNamedForWhatTheyHold() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..base..", "..helper..")
                .check(CODE);
    }

    @Test
    void packagesAreNullMarked() {
        classes()
                .should(be(describe(
                        "in a package that is @NullMarked",
                        (JavaClass type) -> type.getPackage().isAnnotatedWith(NullMarked.class))))
                .check(CODE);
    }

    // ---- No way to rows but through the restrictions

    @ParameterizedTest
    @ValueSource(strings = {"ValidatedQuery", "SecuredQuery", "PlannedQuery", "RowStream"})
    void aStageOfAQueryIsMadeInItsOwnPackageOnly(String stage) {
        classes()
                .that()
                .haveSimpleName(stage)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(CODE);
        constructors()
                .that()
                .areDeclaredInClassesThat()
                .haveSimpleName(stage)
                .should()
                .notBePublic()
                .andShould()
                .notBeProtected()
                .check(CODE);
    }

    @Test
    void onlyRunAsksABackendForRows() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ENGINE + ".run..")
                .should()
                .callMethodWhere(target(name("execute")).and(target(owner(assignableTo(Backend.class)))))
                .orShould()
                .callConstructorWhere(target(owner(assignableTo(BackendQuery.class))))
                .check(CODE);
    }

    @Test
    void onlyTheFacadeGivesRowsThatNoBackendGave() {
        noClasses()
                .that(describe("are not the engine's facade", at(ENGINE).negate()))
                .should()
                .callMethodWhere(target(name("rows")).and(target(owner(assignableTo(QueryRunner.class)))))
                .check(CODE);
    }

    @Test
    void onlyTheBackendKnowsDuckDB() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ENGINE + ".duckdb..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.duckdb..")
                .check(CODE);
    }

    // A rule could move, derive or drop a condition across a restriction. The one that is used puts restrictions in;
    // others rewrite only a copy, to find what of a query can fail.
    @Test
    void noRuleOfCalcitesOptimizerTouchesAQuery() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ENGINE + ".plan.Decorrelated")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.calcite.rel.rules..",
                        "org.apache.calcite.plan.volcano..",
                        "org.apache.calcite.adapter.enumerable..")
                .check(CODE);
        noClasses()
                .that()
                .resideOutsideOfPackage(ENGINE + ".secure..")
                .and()
                .doNotHaveFullyQualifiedName(ENGINE + ".plan.Decorrelated")
                .should()
                .dependOnClassesThat()
                .areAssignableTo("org.apache.calcite.plan.RelOptRule")
                .check(CODE);
    }

    @Test
    void onlyTheStoreKnowsItsDatabase() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SECURITY + ".store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.h2..", "org.flywaydb..")
                .check(CODE);
    }

    @Test
    void connectionsAreOpenedByTheStoreTheBackendAndTheShellOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(SECURITY + ".store..", ENGINE + ".duckdb..", SERVER + ".console..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("javax.sql.DataSource")
                .orShould()
                .callMethod(java.sql.DriverManager.class, "getConnection", String.class)
                .orShould()
                .callMethod(java.sql.DriverManager.class, "getConnection", String.class, String.class, String.class)
                .orShould()
                .callMethod(java.sql.DriverManager.class, "getConnection", String.class, java.util.Properties.class)
                .check(CODE);
    }

    @Test
    void identityIsPassedAndNotKeptWithTheThread() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .check(CODE);
    }

    // ---- Output, logging, reflection

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackages(SERVER + ".console..")
                .and()
                // JavaCC's classes have a stream for traces, which are not generated.
                .haveSimpleNameNotEndingWith("ParserTokenManager")
                .and()
                // Where there is no browser, it tells the person in front of the program what to open.
                .doNotHaveFullyQualifiedName(DRIVER + ".login.DesktopBrowser")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(CODE);
    }

    @Test
    void loggingIsBySlf4j() {
        // JDBC's interface of a driver names a logger of java.util.logging; ours have none.
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CODE.that(describe(
                "are no JDBC driver", assignableTo(java.sql.Driver.class).negate())));
        noClasses()
                .that()
                .areNotAssignableTo(java.sql.Driver.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .check(CODE);
    }

    @Test
    void nothingIsDoneByReflection() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.reflect..")
                .orShould()
                .callMethod(Class.class, "forName", String.class)
                .check(CODE);
    }

    /** Whether a class is in the package itself. */
    private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> at(String packageName) {
        return com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(packageName);
    }

    /** Whether a class is in the package or below. */
    private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> in(String packageName) {
        return com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(packageName + "..");
    }
}
