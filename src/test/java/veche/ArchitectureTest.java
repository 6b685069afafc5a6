package veche;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Verifies that imports point downwards only and that each rule detects its planted violation. */
class ArchitectureTest {
    private static final List<String> LAYERS = List.of(
            "lab",
            "web",
            "socket",
            "delivery",
            "webhook",
            "permission",
            "dialect",
            "cluster",
            "log",
            "identity",
            "room",
            "limit");

    private static final JavaClasses APPLICATION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("veche");
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages("planted");

    /** The rules of an application with that root package. */
    private record Rules(String root) {
        private String layer(String name) {
            return root + "." + name + "..";
        }

        ArchRule noClassImportsTheRootPackage() {
            return noClasses()
                    .that()
                    .resideOutsideOfPackage(root)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(root);
        }

        ArchRule theDomainImportsJavaOnly() {
            return classes()
                    .that()
                    .resideInAPackage(layer("room"))
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "org.jspecify.annotations", layer("room"));
        }

        /** JSpecify's annotations are not loaded where they are missing. */
        ArchRule theApiImportsJavaAndJakartaOnly() {
            return classes()
                    .that()
                    .resideInAPackage(layer("api"))
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "javax.naming",
                            "javax.sql",
                            "jakarta..",
                            "org.jspecify.annotations",
                            layer("api"));
        }

        /** Tomcat has none, and loads the class only where there is a transaction manager. */
        ArchRule oneClassImportsJta() {
            return noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName(root + ".api.ActiveTransaction")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("jakarta.transaction..");
        }

        ArchRule onlySocketAndTheLabImportWebSocket() {
            return noClasses()
                    .that()
                    .resideOutsideOfPackages(layer("socket"), layer("lab"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("jakarta.websocket..");
        }

        ArchRule deliveryImportsNoJakarta() {
            return noClasses()
                    .that()
                    .resideInAPackage(layer("delivery"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("jakarta..");
        }

        ArchRule onlyTheLogAndTheApiImportJdbc() {
            return noClasses()
                    .that()
                    .resideOutsideOfPackages(layer("log"), layer("api"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.sql..");
        }

        ArchRule onlyTheRelayImportsTheRedisClient() {
            return noClasses()
                    .that()
                    .resideOutsideOfPackage(layer("cluster.redis"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.lettuce..", "io.netty..", "reactor..");
        }

        /** Reflection on records, which maps the application's own types, accesses no internals. */
        ArchRule onlyContainerAdaptersAccessInternals() {
            return noClasses()
                    .that()
                    .resideOutsideOfPackage(layer("socket.container"))
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(Field.class)
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(MethodHandle.class)
                    .orShould()
                    .callMethod(AccessibleObject.class, "setAccessible", boolean.class);
        }

        ArchRule theRouterImportsNoRoom() {
            return noClasses()
                    .that()
                    .resideInAPackage(layer("dialect.wamp.router"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(layer("room"));
        }

        ArchRule dialectsDoNotImportEachOther() {
            return slices().matching(root + ".dialect.(*)..").should().notDependOnEachOther();
        }

        /** One slice per package, including parents of other packages: only this pattern matches them all. */
        ArchRule noPackagesFormACycle() {
            return slices().matching("(**)").should().beFreeOfCycles();
        }

        /** The layer with this index imports no layer above it. */
        ArchRule importsPointDownwards(int index) {
            String[] above = LAYERS.subList(0, index).stream().map(this::layer).toArray(String[]::new);
            return noClasses()
                    .that()
                    .resideInAPackage(layer(LAYERS.get(index)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(above)
                    .allowEmptyShould(true);
        }
    }

    private static final Rules APPLICATION_RULES = new Rules("veche");
    private static final Rules PLANTED_RULES = new Rules("planted");

    static Stream<Arguments> rules() {
        return Stream.of(
                rule(
                        APPLICATION_RULES.noClassImportsTheRootPackage(),
                        PLANTED_RULES.noClassImportsTheRootPackage(),
                        "ImportsTheRoot"),
                rule(
                        APPLICATION_RULES.theDomainImportsJavaOnly(),
                        PLANTED_RULES.theDomainImportsJavaOnly(),
                        "ImportsOtherThanJava"),
                rule(
                        APPLICATION_RULES.onlySocketAndTheLabImportWebSocket(),
                        PLANTED_RULES.onlySocketAndTheLabImportWebSocket(),
                        "ImportsSockets"),
                rule(
                        APPLICATION_RULES.dialectsDoNotImportEachOther(),
                        PLANTED_RULES.dialectsDoNotImportEachOther(),
                        "ImportsAnotherDialect"),
                rule(
                        APPLICATION_RULES.deliveryImportsNoJakarta(),
                        PLANTED_RULES.deliveryImportsNoJakarta(),
                        "ImportsJakarta"),
                rule(
                        APPLICATION_RULES.theRouterImportsNoRoom(),
                        PLANTED_RULES.theRouterImportsNoRoom(),
                        "ImportsARoom"),
                rule(
                        APPLICATION_RULES.onlyTheLogAndTheApiImportJdbc(),
                        PLANTED_RULES.onlyTheLogAndTheApiImportJdbc(),
                        "ImportsJdbc"),
                rule(
                        APPLICATION_RULES.theApiImportsJavaAndJakartaOnly(),
                        PLANTED_RULES.theApiImportsJavaAndJakartaOnly(),
                        "ImportsTheApplication"),
                rule(APPLICATION_RULES.oneClassImportsJta(), PLANTED_RULES.oneClassImportsJta(), "ImportsJta"),
                rule(
                        APPLICATION_RULES.onlyTheRelayImportsTheRedisClient(),
                        PLANTED_RULES.onlyTheRelayImportsTheRedisClient(),
                        "ImportsRedis"),
                rule(
                        APPLICATION_RULES.onlyContainerAdaptersAccessInternals(),
                        PLANTED_RULES.onlyContainerAdaptersAccessInternals(),
                        "AccessesInternals"),
                rule(APPLICATION_RULES.noPackagesFormACycle(), PLANTED_RULES.noPackagesFormACycle(), "Contract"));
    }

    private static Arguments rule(ArchRule applicationRule, ArchRule plantedRule, String planted) {
        return Arguments.of(Named.of(applicationRule.getDescription(), applicationRule), plantedRule, planted);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theApplicationFollowsTheRuleAndThePlantedViolationIsDetected(
            ArchRule applicationRule, ArchRule plantedRule, String planted) {
        applicationRule.check(APPLICATION);
        String report = plantedRule.evaluate(PLANTED).getFailureReport().toString();
        assertTrue(report.contains(planted), report);
    }

    @Test
    void importsPointDownwardsOnly() {
        assertAll(IntStream.range(1, LAYERS.size())
                .mapToObj(index ->
                        () -> APPLICATION_RULES.importsPointDownwards(index).check(APPLICATION)));
    }

    @Test
    void anUpwardImportIsDetected() {
        List<String> upwards = IntStream.range(1, LAYERS.size())
                .filter(index -> PLANTED_RULES
                        .importsPointDownwards(index)
                        .evaluate(PLANTED)
                        .hasViolation())
                .mapToObj(LAYERS::get)
                .toList();
        assertTrue(upwards.equals(List.of("log", "room")), upwards.toString());
    }

    @Test
    void allApplicationClassesAreChecked() {
        assertTrue(APPLICATION.contain("veche.socket.ChatEndpoint"));
        assertTrue(APPLICATION.contain("veche.room.Room"));
        assertFalse(APPLICATION.contain("veche.ArchitectureTest"));
    }
}
