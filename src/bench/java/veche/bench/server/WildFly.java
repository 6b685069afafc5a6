package veche.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Veche on WildFly: a copy of the standalone configuration, with free ports on 127.0.0.1. */
record WildFly(Path home, Path war) implements Server.Launcher {
    @Override
    public ProcessBuilder prepare(int port, Path folder) throws IOException {
        copy(home.resolve("standalone/configuration"), folder.resolve("configuration"));
        Path deployments = Files.createDirectories(folder.resolve("deployments"));
        Files.copy(war, deployments.resolve("veche.war"));
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/standalone.sh").toString()));
        command.addAll(List.of("-b", "127.0.0.1", "-bmanagement", "127.0.0.1"));
        command.addAll(List.of("-Djboss.server.base.dir=" + folder, "-Djboss.http.port=" + port));
        command.addAll(List.of("-Djboss.management.http.port=0", "-Djboss.https.port=0"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_OPTS", Java.HEAP + " " + Java.METASPACE + " -Djava.io.tmpdir=" + folder);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return Veche.configure(builder, folder, "");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> copyFile(file, to.resolve(from.relativize(file))));
        }
    }

    private static void copyFile(Path file, Path to) {
        try {
            if (Files.isDirectory(file)) {
                Files.createDirectories(to);
            } else {
                Files.copy(file, to);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
