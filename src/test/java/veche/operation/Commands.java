package veche.operation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The steps of an administrator: processes and files. */
final class Commands {
    static final Path WAR = Path.of("target", "veche.war");

    /** The environment of JVMs that run for seconds: the second compiler would take longer than it saves. */
    static final Map<String, String> SHORT_LIVED = Map.of("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");

    private Commands() {}

    /**
     * Runs a command to its end.
     *
     * @throws IOException with its output, when it fails
     */
    static void run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(SHORT_LIVED);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }

    /** Starts a server whose output goes to a file. */
    static Process start(Path log, Map<String, String> environment, String... command) throws IOException {
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(SHORT_LIVED);
        builder.environment().putAll(environment);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    /** {@code unzip -p veche.war 'WEB-INF/lib/postgresql-*.jar'}. */
    static void extractJdbcDriver(Path to) throws IOException {
        try (ZipFile war = new ZipFile(WAR.toFile())) {
            ZipEntry jar = war.stream()
                    .filter(entry -> entry.getName().startsWith("WEB-INF/lib/postgresql-"))
                    .findFirst()
                    .orElseThrow();
            try (InputStream in = war.getInputStream(jar)) {
                Files.copy(in, to);
            }
        }
    }

    /**
     * Copies an unpacked WildFly cheaply: only {@code standalone}, which it may change, is copied, the rest are links.
     */
    static void linkWildfly(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path source : all.toList()) {
                Path relative = from.relativize(source);
                Path target = to.resolve(relative.toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(target);
                } else if (relative.startsWith("standalone")) {
                    Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
                } else {
                    Files.createLink(target, source);
                }
            }
        }
    }
}
