package veche.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Locates programs on the PATH, or installs their system package if this process may.
 */
public final class SystemProgram {
    private static final long MINUTES = 10;

    private SystemProgram() {}

    /** The first of these names found on the PATH or in Debian's directory for servers. */
    public static Optional<Path> onPath(List<String> names) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin") + File.pathSeparator + "/usr/sbin";
        return names.stream()
                .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * As {@link #onPath}, but installs the package if necessary. Its services are not started.
     *
     * @throws IOException if the program can be neither found nor installed
     */
    public static Path of(String packageName, List<String> names) throws IOException {
        Optional<Path> found = onPath(names);
        if (found.isPresent()) {
            return found.get();
        }
        if (!"root".equals(System.getProperty("user.name")) || !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            throw new IOException(String.join(", ", names)
                    + " not on the PATH, and apt-get cannot be used here to install the package " + packageName
                    + " (needs root and a Debian)");
        }
        return BuildLock.holding(() -> installed(packageName, names));
    }

    private static Path installed(String packageName, List<String> names) throws IOException {
        if (onPath(names).isEmpty()) {
            install(packageName);
        }
        return onPath(names).orElseThrow(() -> new IOException(packageName + " has none of " + names));
    }

    private static void install(String packageName) throws IOException {
        Path log = Files.createTempFile("install", ".log");
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1; apt-get -q update && "
                                + "apt-get -qy install --no-install-recommends " + packageName)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean exited = exited(process);
        String output = Files.readString(log);
        Files.delete(log);
        if (!exited || process.exitValue() != 0) {
            throw new IOException("apt-get could not install " + packageName + ": " + output.strip());
        }
    }

    private static boolean exited(Process process) {
        try {
            return process.waitFor(MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
        }
    }
}
