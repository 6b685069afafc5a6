package veche.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import veche.npm.Node;
import veche.testing.BuildLock;
import veche.testing.SystemProgram;

/**
 * Locates a Chromium: the environment variable {@code CHROMIUM}, then the system's headless shell, which opens windows
 * in a third of the time, then the system's browser, then the npm package {@code @sparticuz/chromium}. Missing system
 * packages are installed if permitted.
 */
final class ChromiumBinary {

    /** An executable with its environment. */
    record Located(Path executable, Map<String, String> environment) {}

    private static final String SHELL = "chromium-headless-shell";
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

    private final List<String> tried = new ArrayList<>();

    /** @throws IllegalStateException if none is available, with all attempts */
    Located locate() {
        return named().or(() -> fromSystem(SHELL, List.of(SHELL)))
                .or(() -> fromSystem("chromium", NAMES))
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

    private Optional<Located> fromSystem(String packageName, List<String> names) {
        try {
            return Optional.of(bare(SystemProgram.of(packageName, names)));
        } catch (IOException failure) {
            tried.add(failure.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Located> fromNpm() {
        try {
            return Optional.of(BuildLock.holding(() -> fetchInto(NPM_FOLDER.toAbsolutePath())));
        } catch (IOException | UncheckedIOException | IllegalStateException failure) {
            tried.add("npm's " + NPM_PACKAGE + " (" + failure.getMessage() + ")");
            return Optional.empty();
        }
    }

    /** Downloads into a folder, which the package also uses as its temporary one. */
    private static Located fetchInto(Path folder) throws IOException {
        Path unpacked = folder.resolve("executable.txt");
        if (Files.exists(unpacked)) {
            return withItsLibraries(Path.of(Files.readString(unpacked)));
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("unpack.mjs"), UNPACK);
        var node = Node.find();
        node.npm(folder, "install", "--no-save", "--no-audit", "--no-fund", "--prefix", ".", NPM_PACKAGE);
        var printed = node.script(folder, Map.of("TMPDIR", folder.toString()), "unpack.mjs");
        String executable = printed.lines().reduce("", (before, last) -> last);
        Files.writeString(unpacked, executable);
        return withItsLibraries(Path.of(executable));
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
}
