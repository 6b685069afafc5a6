package veche.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A row of the permission matrix.
 *
 * @param dialect a subprotocol, {@code plain} or {@code http}
 * @param label the operation
 * @param request what the client sends, with placeholders
 */
record MatrixEntry(String dialect, String label, String request) {
    private static final Path FILE = Path.of("src/test/resources/veche/operation/permission-matrix.txt");

    /** All rows, in the order of the document. */
    static List<MatrixEntry> all() throws IOException {
        return Files.readAllLines(FILE).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" \\| ", 3))
                .map(parts -> new MatrixEntry(parts[0], parts[1], parts[2]))
                .toList();
    }
}
