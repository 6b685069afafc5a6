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

/** Imports run downwards only; and each rule that says so has been seen to fail, on what is planted for it. */
class ArchitectureTest {
    private static final List<String> DOWNWARDS =
            List.of("lab", "web", "socket", "delivery", "dialect", "cluster", "log", "identity", "room");

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("veche");
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages("planted");

    /** The rules of a house with that root package. */
    private record Rules(String root) {
        private String room(String name) {
            return root + "." + name + "..";
        }

        ArchRule nobodyImportsTheRoot() {
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
                    .resideInAPackage(room("room"))
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", room("room"));
        }

        ArchRule onlySocketAndTheLabImportWebSocket() {
            return noClasses()
                    .that()
                    .resideOutsideOfPackages(room("socket"), room("lab"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("jakarta.websocket..");
        }

        ArchRule deliveryImportsNoJakarta() {
            return noClasses()
                    .that()
                    .resideInAPackage(room("delivery"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("jakarta..");
        }

        ArchRule onlyTheLogImportsJdbc() {
            return noClasses()
                    .that()
                    .resideOutsideOfPackage(room("log"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.sql..");
        }

        /** Reading records, as application code's types are mapped, opens nothing that is closed. */
        ArchRule onlyContainerAdaptersAccessInternals() {
            return noClasses()
                    .that()
                    .resideOutsideOfPackage(room("socket.container"))
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
                    .resideInAPackage(room("dialect.wamp.router"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(room("room"));
        }

        ArchRule dialectsDoNotImportEachOther() {
            return slices().matching(root + ".dialect.(*)..").should().notDependOnEachOther();
        }

        /** A slice for each package, the parents of others too, as only this pattern gives them. */
        ArchRule noPackagesFormACycle() {
            return slices().matching("(**)").should().beFreeOfCycles();
        }

        /** The room of that number imports nothing of those above it. */
        ArchRule importsRunDownwards(int number) {
            String[] above =
                    DOWNWARDS.subList(0, number).stream().map(this::room).toArray(String[]::new);
            return noClasses()
                    .that()
                    .resideInAPackage(room(DOWNWARDS.get(number)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(above)
                    .allowEmptyShould(true);
        }
    }

    private static final Rules OURS = new Rules("veche");
    private static final Rules THEIRS = new Rules("planted");

    static Stream<Arguments> rules() {
        return Stream.of(
                rule(OURS.nobodyImportsTheRoot(), THEIRS.nobodyImportsTheRoot(), "ImportsTheRoot"),
                rule(OURS.theDomainImportsJavaOnly(), THEIRS.theDomainImportsJavaOnly(), "ImportsWhatIsNotJava"),
                rule(
                        OURS.onlySocketAndTheLabImportWebSocket(),
                        THEIRS.onlySocketAndTheLabImportWebSocket(),
                        "ImportsSockets"),
                rule(
                        OURS.dialectsDoNotImportEachOther(),
                        THEIRS.dialectsDoNotImportEachOther(),
                        "ImportsAnotherDialect"),
                rule(OURS.deliveryImportsNoJakarta(), THEIRS.deliveryImportsNoJakarta(), "ImportsJakarta"),
                rule(OURS.theRouterImportsNoRoom(), THEIRS.theRouterImportsNoRoom(), "ImportsARoom"),
                rule(OURS.onlyTheLogImportsJdbc(), THEIRS.onlyTheLogImportsJdbc(), "ImportsJdbc"),
                rule(
                        OURS.onlyContainerAdaptersAccessInternals(),
                        THEIRS.onlyContainerAdaptersAccessInternals(),
                        "AccessesInternals"),
                rule(OURS.noPackagesFormACycle(), THEIRS.noPackagesFormACycle(), "Contract"));
    }

    private static Arguments rule(ArchRule ours, ArchRule theirs, String planted) {
        return Arguments.of(Named.of(ours.getDescription(), ours), theirs, planted);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theHouseKeepsTheRuleAndThePlantedViolationShowsThatItBites(ArchRule ours, ArchRule theirs, String planted) {
        ours.check(HOUSE);
        String report = theirs.evaluate(PLANTED).getFailureReport().toString();
        assertTrue(report.contains(planted), report);
    }

    @Test
    void importsRunDownwardsOnly() {
        assertAll(IntStream.range(1, DOWNWARDS.size())
                .mapToObj(number -> () -> OURS.importsRunDownwards(number).check(HOUSE)));
    }

    @Test
    void anImportUpwardsIsSeen() {
        List<String> upwards = IntStream.range(1, DOWNWARDS.size())
                .filter(number ->
                        THEIRS.importsRunDownwards(number).evaluate(PLANTED).hasViolation())
                .mapToObj(DOWNWARDS::get)
                .toList();
        assertTrue(upwards.equals(List.of("log", "room")), upwards.toString());
    }

    @Test
    void whatIsLookedAtIsAllThereIs() {
        assertTrue(HOUSE.contain("veche.socket.ChatEndpoint"));
        assertTrue(HOUSE.contain("veche.room.Room"));
        assertFalse(HOUSE.contain("veche.ArchitectureTest"));
    }
}
