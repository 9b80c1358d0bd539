package dev.sluice.service;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules of the architecture that a compiler does not keep.
final class ArchitectureTest {
    private static final String SERVICE = "dev.sluice.service";
    private static final String[] FEATURES = {"thread", "refactor", "sms", "ops"};

    private static final JavaClasses PRODUCT = product();

    @Test
    void classFilesOfThisJdkAreRead() {
        assertThat(PRODUCT.get(SERVICE + ".coalesce.Coalescer").getMethods()).isNotEmpty();
        assertThat(PRODUCT.get(SERVICE + ".coalesce.Flight").getDirectDependenciesFromSelf())
                .isNotEmpty();
    }

    @Test
    void replayStandsAlone() {
        engineUsesOnly("replay");
    }

    @ParameterizedTest
    @ValueSource(strings = {"coalesce", "consolidate"})
    void otherEnginesMayUseReplay(String engine) {
        engineUsesOnly(engine, SERVICE + ".replay");
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "refactor", "sms"})
    void featuresDoNotUseEachOther(String feature) {
        for (String other : FEATURES) {
            if (!other.equals(feature)) {
                holds(noClasses()
                        .that()
                        .resideInAPackage(within(feature))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(within(other))
                        .because("features meet in the engines and the store; only ops may read features"));
            }
        }
    }

    @Test
    @DisplayName("the web server appears only in http and in classes ending in Routes")
    void httpStaysAtTheEdge() {
        holds(noClasses()
                .that()
                .resideInAPackage(SERVICE + "..")
                .and()
                .resideOutsideOfPackage(within("http"))
                .and(describe("are not routes", type -> !isRoutes(type)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.helidon.webserver..")
                .because("logic must not know how it was asked"));
    }

    @Test
    @DisplayName("database access appears only in store; repositories use the store's own types")
    void sqlStaysInTheStore() {
        holds(noClasses()
                .that()
                .resideInAPackage(SERVICE + "..")
                .and()
                .resideOutsideOfPackage(within("store"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.helidon.dbclient..", "java.sql..", "javax.sql..", "org.sqlite..")
                .because("the one writer owns every connection and PostgreSQL has to drop in"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sms.text", "sms.verdict", "sms.intake", "sms.reply"})
    @DisplayName("the parts of SMS know no store, no web server and none but sms.text of each other")
    void partsOfSmsStandAlone(String part) {
        DescribedPredicate<JavaClass> others = resideInAnyPackage(
                        within("sms"), within("store"), within("http"), "io.helidon..", "java.sql..")
                .and(DescribedPredicate.not(resideInAnyPackage(within(part), within("sms.text"))));
        holds(noClasses()
                .that()
                .resideInAPackage(within(part))
                .should()
                .dependOnClassesThat(others)
                .because("they are tested without a database and put together in one place"));
    }

    @Test
    void packagesHaveNoCycles() {
        holds(slices().matching(SERVICE + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("a cycle makes one package of two"));
    }

    @Test
    void onlyTheWiringKnowsEverything() {
        holds(noClasses()
                .that()
                .resideInAPackage(SERVICE + ".*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SERVICE)
                .because("the wiring sees all packages, so nothing may see the wiring"));
    }

    @Test
    void noStaticState() {
        holds(fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage(SERVICE + "..")
                .and()
                .areStatic()
                .should()
                .beFinal()
                .because("two services in one process, or two tests, must not share anything"));
    }

    private static JavaClasses product() {
        // names are enough for these rules; reading every library they lead to takes ten seconds
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(SERVICE);
    }

    private static void engineUsesOnly(String engine, String... also) {
        DescribedPredicate<JavaClass> allowed = resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "com.github.benmanes.caffeine..",
                        "com.fasterxml.jackson.databind",
                        "com.fasterxml.jackson.databind.node",
                        "dev.sluice.model..",
                        within(engine))
                .and(DescribedPredicate.not(resideInAPackage("java.sql..")))
                .or(resideInAnyPackage(also));
        holds(classes()
                .that()
                .resideInAPackage(within(engine))
                .should()
                .onlyDependOnClassesThat(allowed)
                .because("the engines are to be understood, tested and moved without HTTP, SQL or SMS"));
    }

    private static void holds(ArchRule rule) {
        rule.allowEmptyShould(true).check(PRODUCT); // some packages come later
    }

    /// Also what is nested in routes.
    private static boolean isRoutes(JavaClass type) {
        return type.getSimpleName().endsWith("Routes")
                || type.getEnclosingClass().filter(ArchitectureTest::isRoutes).isPresent();
    }

    private static String within(String name) {
        return SERVICE + "." + name + "..";
    }
}
