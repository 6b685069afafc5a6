package veche;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Detects cycles of dependencies between classes; a nested class counts as its outermost class. */
class ClassCyclesTest {
    /** The largest cycle that is still considered comprehensible. */
    private static final int MAX_CLASSES = 3;

    private final Map<String, Set<String>> dependencies = new HashMap<>();

    private List<Set<String>> cyclesOf(JavaClasses classes) {
        for (JavaClass each : classes) {
            Set<String> targets = dependencies.computeIfAbsent(outermost(each), name -> new TreeSet<>());
            for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
                if (classes.contain(dependency.getTargetClass().getName())) {
                    targets.add(outermost(dependency.getTargetClass()));
                }
            }
        }
        return new Components().all();
    }

    private static String outermost(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }

    /** Strongly connected components of more than the allowed size, by Tarjan's algorithm. */
    private final class Components {
        private final Map<String, Integer> index = new HashMap<>();
        private final Map<String, Integer> low = new HashMap<>();
        private final Deque<String> stack = new ArrayDeque<>();
        private final Set<String> onStack = new HashSet<>();
        private final List<Set<String>> found = new ArrayList<>();

        List<Set<String>> all() {
            new TreeSet<>(dependencies.keySet()).forEach(each -> {
                if (!index.containsKey(each)) {
                    visit(each);
                }
            });
            return found;
        }

        private void visit(String each) {
            index.put(each, index.size());
            low.put(each, index.get(each));
            stack.push(each);
            onStack.add(each);
            for (String target : dependencies.getOrDefault(each, Set.of())) {
                if (!index.containsKey(target)) {
                    visit(target);
                    low.merge(each, low.get(target), Math::min);
                } else if (onStack.contains(target)) {
                    low.merge(each, index.get(target), Math::min);
                }
            }
            if (low.get(each).equals(index.get(each))) {
                Set<String> component = new TreeSet<>();
                String member;
                do {
                    member = stack.pop();
                    onStack.remove(member);
                    component.add(member);
                } while (!member.equals(each));
                if (component.size() > MAX_CLASSES) {
                    found.add(component);
                }
            }
        }
    }

    /** Imports the package alone: the types of the JDK and of libraries, which it uses, are part of no cycle. */
    private static JavaClasses imported(ClassFileImporter importer, String root) {
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return importer.importPackages(root);
        });
    }

    @Test
    void noCycleHasMoreThanThreeClasses() {
        // The structure of the types that JAXB generates follows the schema.
        JavaClasses main = imported(
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(location -> !location.contains("/veche/dialect/soap/chat/")),
                "veche");
        assertEquals(List.of(), cyclesOf(main));
    }

    @Test
    void aPlantedCycleOfFourClassesIsFound() {
        List<Set<String>> found = cyclesOf(imported(new ClassFileImporter(), "planted.cycle"));
        assertEquals(
                List.of(Set.of("planted.cycle.A", "planted.cycle.B", "planted.cycle.C", "planted.cycle.D")), found);
    }
}
