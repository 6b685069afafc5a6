package veche.operation;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What an administrator types. */
final class Commands {
    static final Path WAR = Path.of("target", "veche.war");

    private Commands() {}

    /** Runs to the end; anything but success is loud. */
    static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }

    /** Starts a server that writes its log to a file. */
    static Process start(Path log, Map<String, String> environment, String... command) throws IOException {
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    /** The server of that name as Maven unpacked it. */
    static Path unpacked(String prefix) throws IOException {
        try (Stream<Path> servers = Files.list(Path.of("target", "servers"))) {
            return servers.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
    }

    /** {@code unzip -p veche.war 'WEB-INF/lib/postgresql-*.jar'}. */
    static void driver(Path to) throws IOException {
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

    /** A server of its own for little: its programs are links, and what it may change ({@code standalone}) is a copy. */
    static void link(Path from, Path to) throws IOException {
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

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
