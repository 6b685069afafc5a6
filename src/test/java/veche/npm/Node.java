package veche.npm;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import veche.testing.BuildLock;
import veche.testing.SystemProgram;

/**
 * Node.js and npm for tests with clients from the npm registry: the programs of the system or, on a machine with only
 * a JDK and Maven, the Node.js of Playwright's driver and npm's package from the registry.
 */
public final class Node {
    private static final String NPM_VERSION = "10.9.2";
    private static final Path DOWNLOADS = Path.of("target", "npm").toAbsolutePath();
    private static final String LOCK = "package-lock.json";
    private static final long MINUTES = 10;

    private final Path node;
    private final List<String> npm;

    private Node(Path node, List<String> npm) {
        this.node = node;
        this.npm = npm;
    }

    /** @throws IllegalStateException when neither is available */
    public static Node find() {
        Optional<Path> system = SystemProgram.onPath(List.of("node")).filter(Node::isSupported);
        Optional<Path> npm = SystemProgram.onPath(List.of("npm"));
        if (system.isPresent() && npm.isPresent()) {
            return new Node(system.get(), List.of(npm.get().toString()));
        }
        return downloaded();
    }

    /** The Node.js of Playwright and npm from the registry, whatever the system has. */
    static Node downloaded() {
        Path node = Driver.ensureDriverInstalled(Map.of(), false).driverDir().resolve("node");
        return new Node(node, List.of(node.toString(), locked(Node::downloadNpm).toString()));
    }

    private static boolean isSupported(Path node) {
        String version = run(Path.of("."), List.of(node.toString(), "--version"), Map.of());
        return Integer.parseInt(version.strip().replaceFirst("v(\\d+).*", "$1")) >= 18;
    }

    private static Path downloadNpm() throws IOException {
        Path cli = DOWNLOADS.resolve("package/bin/npm-cli.js");
        if (!Files.exists(cli)) {
            String registry = Optional.ofNullable(System.getenv("npm_config_registry"))
                    .orElse("https://registry.npmjs.org")
                    .replaceFirst("/+$", "");
            Path archive = DOWNLOADS.resolve("npm.tgz");
            try (InputStream from = URI.create(registry + "/npm/-/npm-" + NPM_VERSION + ".tgz")
                    .toURL()
                    .openStream()) {
                Files.createDirectories(DOWNLOADS);
                Files.write(archive, from.readAllBytes());
            } catch (IOException e) {
                throw new IllegalStateException("npm cannot be downloaded from " + registry, e);
            }
            run(DOWNLOADS, List.of("tar", "xzf", archive.toString()), Map.of());
        }
        return cli;
    }

    /** The executable. */
    public Path executable() {
        return node;
    }

    /**
     * Copies a folder of scripts below {@code target} and installs the packages of its lock file there, once for all
     * processes. Optional packages, which are native code for some platform, are omitted.
     *
     * @return the copy, where the scripts find their packages
     */
    public Path install(Path scripts) {
        return locked(() -> installOnce(scripts));
    }

    private static Path locked(BuildLock.Action<Path> action) {
        try {
            return BuildLock.holding(action);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path installOnce(Path scripts) throws IOException {
        Path folder = DOWNLOADS.resolve("clients").resolve(scripts.getFileName());
        boolean installed = installed(scripts, folder);
        copy(scripts, folder);
        if (!installed) {
            npm(folder, "install", "--no-save", "--omit=optional", "--no-audit", "--no-fund", "--ignore-scripts");
        }
        return folder;
    }

    private static boolean installed(Path scripts, Path folder) throws IOException {
        // npm writes this file last: without it an installation was interrupted.
        return Files.exists(folder.resolve("node_modules/.package-lock.json"))
                && same(scripts.resolve(LOCK), folder.resolve(LOCK));
    }

    private static boolean same(Path one, Path other) throws IOException {
        return Files.exists(other) && Files.mismatch(one, other) == -1;
    }

    /** Leaves equal files as they are: another process may be running them. */
    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(file.getFileName());
                if (!same(file, copy)) {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /**
     * Runs npm in a folder.
     *
     * @return its output
     * @throws IllegalStateException with its output, when it fails
     */
    public String npm(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(npm);
        command.addAll(List.of(arguments));
        return run(folder, command, Map.of("PATH", node.getParent() + File.pathSeparator + System.getenv("PATH")));
    }

    /**
     * Runs a script in a folder.
     *
     * @return its output
     * @throws IllegalStateException with its output, when it fails
     */
    public String script(Path folder, String... arguments) {
        return script(folder, Map.of(), arguments);
    }

    /** As {@link #script(Path, String...)}, with additional environment variables. */
    public String script(Path folder, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(node.toString()));
        command.addAll(List.of(arguments));
        return run(folder, command, environment);
    }

    private static String run(Path folder, List<String> command, Map<String, String> environment) {
        try {
            Path output = Files.createTempFile("npm", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            process.destroyForcibly();
            String printed = Files.readString(output);
            Files.delete(output);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed:\n" + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
