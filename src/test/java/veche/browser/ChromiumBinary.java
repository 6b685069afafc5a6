package veche.browser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Finds a Chromium, or brings one: first what the environment variable {@code CHROMIUM} names, then the system's, then
 * the system's package where this process may install it, then the npm package {@code @sparticuz/chromium}.
 */
final class ChromiumBinary {

    /** Where an executable is, and the environment that it needs. */
    record Located(Path executable, Map<String, String> environment) {}

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome");
    private static final String NPM_PACKAGE = "@sparticuz/chromium@153.0.0";
    private static final Path NPM_FOLDER = Path.of("target", "chromium");
    /** The folder of {@code executablePath()}, where the package also unpacks the libraries of a bare system. */
    private static final String UNPACK = """
            const { default: chromium, inflate } = await import('@sparticuz/chromium');
            await inflate('node_modules/@sparticuz/chromium/bin/al2023.tar.br');
            console.log(await chromium.executablePath());
            """;

    private static final long FETCH_MINUTES = 10;

    private final List<String> tried = new ArrayList<>();

    /** @throws IllegalStateException when none can be had, naming all that was tried */
    Located locate() {
        return named().or(this::onPath)
                .or(this::fromSystemPackage)
                .or(this::fromNpm)
                .orElseThrow(() -> new IllegalStateException("No Chromium for the browser tests. Tried: "
                        + String.join("; ", tried) + ". Set CHROMIUM to an executable."));
    }

    private Optional<Located> named() {
        var name = System.getenv("CHROMIUM");
        if (name == null || name.isBlank()) {
            tried.add("the environment variable CHROMIUM (not set)");
            return Optional.empty();
        }
        return Optional.of(bare(Path.of(name)));
    }

    private Optional<Located> onPath() {
        tried.add("on the PATH: " + String.join(", ", NAMES));
        return NAMES.stream()
                .flatMap(ChromiumBinary::candidates)
                .filter(Files::isExecutable)
                .findFirst()
                .map(ChromiumBinary::bare);
    }

    private static Stream<Path> candidates(String name) {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin");
        return Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name));
    }

    private Optional<Located> fromSystemPackage() {
        if (!"root".equals(System.getProperty("user.name")) || !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            tried.add("apt-get (needs root and a Debian)");
            return Optional.empty();
        }
        var fetched = run(Path.of("."), "sh", "-c", """
                export DEBIAN_FRONTEND=noninteractive
                apt-get -q update && apt-get -qy install --no-install-recommends chromium
                """);
        return fetched.isEmpty() ? Optional.empty() : onPath();
    }

    private Optional<Located> fromNpm() {
        return fromNpm(NPM_FOLDER.toAbsolutePath());
    }

    Optional<Located> fromNpm(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("unpack.mjs"), UNPACK);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return run(folder, "npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", ".", NPM_PACKAGE)
                .flatMap(installed -> run(folder, "node", "unpack.mjs"))
                .map(output -> output.lines().reduce("", (before, last) -> last))
                .map(Path::of)
                .map(ChromiumBinary::withItsLibraries);
    }

    private static Located bare(Path executable) {
        return new Located(executable, System.getenv());
    }

    private static Located withItsLibraries(Path executable) {
        var environment = new HashMap<>(System.getenv());
        if (!Files.isDirectory(Path.of("/etc/fonts"))) {
            environment.put(
                    "FONTCONFIG_PATH", executable.resolveSibling("fonts").toString());
        }
        environment.put(
                "LD_LIBRARY_PATH",
                executable.resolveSibling("al2023").resolve("lib").toString());
        return new Located(executable, environment);
    }

    /** What the command printed; empty, and noted among what was tried, when it failed. */
    private Optional<String> run(Path folder, String... command) {
        var what = String.join(" ", command).strip();
        try {
            var log = Files.createTempFile("chromium", ".log");
            var process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            process.environment().put("TMPDIR", folder.toAbsolutePath().toString());
            return finish(process.start(), what, log);
        } catch (IOException failure) {
            tried.add(what + " (" + failure.getMessage() + ")");
            return Optional.empty();
        }
    }

    private Optional<String> finish(Process process, String what, Path log) throws IOException {
        try {
            if (!process.waitFor(FETCH_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interruption) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        var output = Files.readString(log);
        Files.delete(log);
        if (!process.isAlive() && process.exitValue() == 0) {
            return Optional.of(output);
        }
        tried.add(what + " (" + output.strip() + ")");
        return Optional.empty();
    }
}
