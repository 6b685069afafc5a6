package veche.operation;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A program of the system's: found on the PATH, else brought by the system's package where this process may install it. */
final class Program {
    private Program() {}

    /** @throws IllegalStateException where it cannot be had, saying what to do */
    static Path named(String name) throws IOException, InterruptedException {
        Optional<Path> found = onPath(name);
        if (found.isEmpty() && mayInstall()) {
            // Only the program: no service of it is to be started.
            Commands.run(
                    "sh",
                    "-c",
                    "export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1; apt-get -q update && "
                            + "apt-get -qy install --no-install-recommends " + name);
            found = onPath(name);
        }
        return found.orElseThrow(() -> new IllegalStateException(name
                + " is not on the PATH, and apt-get cannot be used here to install it (needs root and a Debian). Install the"
                + " package " + name + " and run again."));
    }

    private static Optional<Path> onPath(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin") + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean mayInstall() {
        return "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/apt-get"));
    }
}
