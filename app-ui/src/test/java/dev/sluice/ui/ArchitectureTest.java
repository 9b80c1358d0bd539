package dev.sluice.ui;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The rules between the console's packages (docs/architecture.md).
class ArchitectureTest {
    private static final String[] SCREENS = {
        "dev.sluice.ui.overview..",
        "dev.sluice.ui.flights..",
        "dev.sluice.ui.providers..",
        "dev.sluice.ui.controls..",
        "dev.sluice.ui.audit..",
        "dev.sluice.ui.sessions..",
        "dev.sluice.ui.senders..",
        "dev.sluice.ui.shell.."
    };

    private static JavaClasses console;

    @BeforeAll
    static void read() {
        console = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.sluice.ui");
    }

    @Test
    void linkAndStoreKnowNoJavaFx() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.sluice.ui.link..", "dev.sluice.ui.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx..", "org.controlsfx..", "atlantafx..")
                .because("what reads the wire must be testable, and run, without a window")
                .check(console);
    }

    @Test
    void onlyFxSchedulesOnTheFxThread() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.sluice.ui.fx..")
                .should()
                .callMethod(Platform.class, "runLater", Runnable.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(AnimationTimer.class)
                .because("one pump draws; a runLater per event is how consoles fall behind")
                .check(console);
    }

    @Test
    void viewModelsKnowNoScene() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("ViewModel")
                .or()
                .haveSimpleNameEndingWith("Toggle")
                .or()
                .haveSimpleNameEndingWith("Change")
                .or()
                .haveSimpleNameEndingWith("Row")
                .and()
                .areTopLevelClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "org.controlsfx..", "javafx.stage..")
                .because("what a screen says is tested without drawing it")
                .check(console);
    }

    @Test
    void screensDoNotKnowEachOtherNorTheShell() {
        slices().matching("dev.sluice.ui.(overview|flights|providers|controls|audit|sessions|senders|shell)..")
                .should()
                .notDependOnEachOther()
                .because("a screen is one package that can be read alone")
                .check(console);
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.sluice.ui.fx..",
                        "dev.sluice.ui.link..",
                        "dev.sluice.ui.store..",
                        "dev.sluice.ui.change..",
                        "dev.sluice.ui.parts..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SCREENS)
                .check(console);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.sluice.ui.(*)..").should().beFreeOfCycles().check(console);
    }

    @Test
    void theConsoleNeverSeesTheService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.sluice.service..")
                .because("they are two processes that talk HTTP")
                .check(console);
    }

    @Test
    void nothingStaticIsMutable() {
        fields().that()
                .areStatic()
                .and()
                .areNotFinal()
                .should()
                .notBeStatic()
                .allowEmptyShould(true)
                .check(console);
    }

    @Test
    void namesSaySomething() {
        classes()
                .should()
                .haveNameNotMatching(".*(Utils?|Helper|Manager)$")
                .because("such names hide what a class is")
                .check(console);
    }
}
