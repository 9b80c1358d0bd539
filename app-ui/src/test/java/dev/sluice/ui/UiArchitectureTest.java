package dev.sluice.ui;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The console's package rules that a compiler does not keep.
class UiArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.sluice.ui");

    @Test
    void linkAndStoreKnowNoJavaFx() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.sluice.ui.link..", "dev.sluice.ui.store..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("javafx..")
                .because("they are tested and run without a toolkit")
                .check(CLASSES);
    }

    @Test
    void theConsoleNeverSeesTheService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.sluice.service..")
                .because("it speaks HTTP and SSE with any service")
                .check(CLASSES);
    }

    @Test
    void viewModelsKnowNoScene() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("ViewModel")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("javafx.scene..")
                .because("they are tested without a window")
                .check(CLASSES);
    }

    @Test
    void onlyTheFxPackageSchedulesDrawing() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.sluice.ui.fx..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("javafx.animation.AnimationTimer")
                .because("there is one beat, the Pump")
                .check(CLASSES);
    }
}
