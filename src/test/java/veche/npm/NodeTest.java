package veche.npm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTest {
    @TempDir
    Path folder;

    @Test
    void nodeAndNpmAreDownloadedWhereTheSystemHasNone() throws Exception {
        Node node = Node.downloaded();
        Files.writeString(folder.resolve("one.js"), "console.log(1 + 1)");
        assertEquals("2", node.script(folder, "one.js").strip());
        assertTrue(node.npm(folder, "--version").strip().matches("\\d+\\.\\d+\\.\\d+"));
    }

    @Test
    void theFailureOfAScriptContainsItsOutput() throws Exception {
        Files.writeString(folder.resolve("bad.js"), "console.log('so far'); process.exit(3)");
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> Node.find().script(folder, "bad.js"));
        assertTrue(failure.getMessage().contains("so far"), failure.getMessage());
    }
}
