package veche.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadedFileTest {
    @TempDir
    Path folder;

    private final AtomicInteger parsed = new AtomicInteger();
    private Path path;

    @BeforeEach
    void write() throws IOException {
        path = Files.writeString(folder.resolve("number.txt"), "7");
    }

    private ReloadedFile<Integer> open() {
        return new ReloadedFile<>(path, text -> {
            parsed.incrementAndGet();
            return Integer.valueOf(text.strip());
        });
    }

    @Test
    void anUnchangedFileIsReadOnce() {
        ReloadedFile<Integer> file = open();
        file.refresh();
        assertEquals(7, file.contents());
        assertEquals(1, parsed.get());
    }

    @Test
    void aChangedFileIsReadAgain() throws IOException {
        ReloadedFile<Integer> file = open();
        Files.writeString(path, "42");
        file.refresh();
        assertEquals(42, file.contents());
        assertTrue(file.current());
    }

    @Test
    void aFileThatReplacesAnotherByRenamingIsReadAlsoWithTheSameSizeAndTime() throws IOException {
        ReloadedFile<Integer> file = open();
        Path next = Files.writeString(folder.resolve("next.txt"), "8");
        Files.setLastModifiedTime(next, Files.getLastModifiedTime(path));
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        file.refresh();
        assertEquals(8, file.contents());
    }

    @Test
    void thePreviousContentsApplyWhileTheFileIsInvalidOrMissing() throws IOException {
        ReloadedFile<Integer> file = open();
        Files.writeString(path, "many");
        file.refresh();
        file.refresh();
        assertEquals(7, file.contents());
        assertFalse(file.current());
        assertEquals(2, parsed.get());
        Files.delete(path);
        file.refresh();
        assertEquals(7, file.contents());
        assertFalse(file.current());
        Files.writeString(path, "9");
        file.refresh();
        assertEquals(9, file.contents());
        assertTrue(file.current());
    }

    @Test
    void aFileThatIsInvalidOrMissingAtFirstIsReportedWithItsPath() throws IOException {
        Files.writeString(path, "many");
        assertReported();
        Files.delete(path);
        assertReported();
    }

    private void assertReported() {
        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, this::open);
        assertTrue(failure.getMessage().startsWith(path.toString()), failure.getMessage());
    }
}
