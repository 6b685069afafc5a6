package veche.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The public signatures of {@code veche.api} are those that the documentation lists: a change of them is intended. */
public class SignaturesTest {
    private static final Path DOCUMENT = Path.of("src/docs/api-signatures.txt");
    private static final Path CLASSES = Path.of("target/classes");
    private static final String WRITE = "mvn test -Dtest=SignaturesTest -Dsignatures=write";

    private static String signatures(Stream<Class<?>> types) {
        TreeMap<String, String> all = new TreeMap<>();
        types.filter(SignaturesTest::isPublic).forEach(type -> all.put(type.getName(), signatures(type)));
        return String.join("\n", all.values());
    }

    private static boolean isPublic(Class<?> type) {
        return type == null || Modifier.isPublic(type.getModifiers()) && isPublic(type.getDeclaringClass());
    }

    private static String signatures(Class<?> type) {
        StringBuilder text = new StringBuilder(type.toGenericString());
        text.append(heritage(type)).append('\n');
        Stream.of(type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
                .flatMap(Arrays::stream)
                .filter(member -> !((Member) member).isSynthetic() && isExported((Member) member))
                .map(member -> "    " + generic(member) + "\n")
                .sorted()
                .forEach(text::append);
        return text.toString();
    }

    private static String heritage(Class<?> type) {
        List<String> supertypes = Stream.concat(
                        Stream.ofNullable(type.getGenericSuperclass()), Arrays.stream(type.getGenericInterfaces()))
                .map(Type::getTypeName)
                .filter(name -> !name.equals("java.lang.Object"))
                .toList();
        return supertypes.isEmpty() ? "" : " : " + String.join(", ", supertypes);
    }

    private static boolean isExported(Member member) {
        return Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers());
    }

    private static String generic(Object member) {
        if (member instanceof Executable executable) {
            return executable.toGenericString();
        }
        return ((Field) member).toGenericString();
    }

    private static Stream<Class<?>> types() throws IOException {
        try (Stream<Path> files = Files.list(CLASSES.resolve("veche/api"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.startsWith("package-info"))
                    .map(name -> "veche.api." + name.substring(0, name.length() - ".class".length()))
                    .<Class<?>>map(SignaturesTest::load)
                    .toList()
                    .stream();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theDocumentListsAllSignatures() throws IOException {
        String actual = signatures(types());
        if ("write".equals(System.getProperty("signatures"))) {
            Files.writeString(DOCUMENT, actual);
        }
        assertEquals(Files.readString(DOCUMENT), actual, () -> "To accept the change: " + WRITE);
    }

    /** A type with one member of each kind. */
    public static final class Sample<T> {
        public static final int CONSTANT = 1;
        private final T value;

        public Sample(T value) {
            this.value = value;
        }

        public List<T> values() throws IOException {
            return List.of(value);
        }

        void internal() {}
    }

    @Test
    void aSignatureContainsTypesAndExceptions() {
        String text = signatures(Stream.of(Sample.class)).replace("veche.api.SignaturesTest$", "");
        assertTrue(text.contains("public java.util.List<T> Sample.values() throws java.io.IOException"), text);
        assertTrue(text.contains("public static final int Sample.CONSTANT"), text);
        assertTrue(text.contains("public Sample(T)"), text);
        assertEquals(4, text.lines().count(), text);
    }
}
