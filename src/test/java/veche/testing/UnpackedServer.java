package veche.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The servers that Maven has unpacked, and folders for instances of them. */
public final class UnpackedServer {
    private static final Path SERVERS = Path.of("target", "servers");

    private UnpackedServer() {}

    /** The absolute path of the server whose folder has a name with that prefix. */
    public static Path named(String prefix) throws IOException {
        try (Stream<Path> servers = Files.list(SERVERS)) {
            return servers.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
    }

    /**
     * Lays out a new CATALINA_BASE, replacing one of an earlier run.
     *
     * @param configuration the folder of the files that go to {@code conf}
     */
    public static void layOutTomcat(Path home, Path base, Path configuration, String... files) throws IOException {
        delete(base);
        for (String folder : List.of("bin", "conf/Catalina/localhost", "logs", "temp", "webapps", "work")) {
            Files.createDirectories(base.resolve(folder));
        }
        for (String name : List.of("catalina.properties", "logging.properties", "web.xml")) {
            Files.copy(home.resolve("conf").resolve(name), base.resolve("conf").resolve(name));
        }
        for (String name : files) {
            Files.copy(configuration.resolve(name), base.resolve("conf").resolve(name));
        }
    }

    /** Copies the folder {@code standalone} of a WildFly, replacing that of an earlier run. */
    public static void layOutWildfly(Path home, Path base) throws IOException {
        delete(base);
        Path standalone = home.resolve("standalone");
        try (Stream<Path> all = Files.walk(standalone)) {
            for (Path source : all.toList()) {
                Path target = base.resolve(standalone.relativize(source));
                if (Files.isDirectory(source)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(source, target);
                }
            }
        }
    }

    /** Deletes a folder with all that it contains, where it exists. */
    public static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
