package veche.file;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a UTF-8 text file, which are replaced when the file changes. While the file is missing or invalid,
 * the previous contents apply. Thread-safe; only {@link #refresh} blocks.
 *
 * @param <T> the parsed contents, immutable
 */
public final class ReloadedFile<T> {
    private static final System.Logger LOG = System.getLogger(ReloadedFile.class.getName());

    private final Path path;
    private final Function<String, T> parser;
    private volatile Loaded<T> loaded;

    /** What distinguishes two versions of a file, also one that replaces it by renaming. */
    private record Version(
            FileTime modified, long size, @Nullable Object key) {
        static Version of(Path path) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        }
    }

    /** @param version the version of the last attempt to read, or null if there was no file */
    private record Loaded<T>(T contents, @Nullable Version version, boolean current) {}

    /**
     * Reads the file.
     *
     * @param parser throws an IllegalArgumentException if the text is invalid; its message must contain no secrets
     * @throws IllegalArgumentException if the file is unreadable or invalid
     */
    public ReloadedFile(Path path, Function<String, T> parser) {
        this.path = path;
        this.parser = parser;
        try {
            Version version = Version.of(path);
            loaded = new Loaded<>(read(), version, true);
        } catch (IOException e) {
            throw new IllegalArgumentException(path + " cannot be read: " + e, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + " is invalid: " + e.getMessage(), e);
        }
    }

    private T read() throws IOException {
        return parser.apply(Files.readString(path, StandardCharsets.UTF_8));
    }

    /** The contents that apply. */
    public T contents() {
        return loaded.contents();
    }

    /** Whether the contents are those of the file; false while the file is missing or invalid. */
    public boolean current() {
        return loaded.current();
    }

    /** Reads the file if it has changed. A failure is logged once per version of the file. */
    public synchronized void refresh() {
        Version version = version();
        if (!Objects.equals(version, loaded.version())) {
            reload(version);
        }
    }

    private @Nullable Version version() {
        try {
            return Version.of(path);
        } catch (IOException missing) {
            return null;
        }
    }

    private void reload(@Nullable Version version) {
        try {
            loaded = new Loaded<>(read(), version, true);
            LOG.log(Level.INFO, "reloaded file={0}", path);
        } catch (IOException | IllegalArgumentException e) {
            loaded = new Loaded<>(loaded.contents(), version, false);
            LOG.log(
                    Level.WARNING,
                    "{0} is not usable; the previous contents still apply: {1}",
                    path,
                    e instanceof IOException ? e.toString() : e.getMessage());
        }
    }
}
