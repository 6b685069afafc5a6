package veche.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import veche.room.Author;
import veche.room.RoomName;
import veche.room.User;
import veche.room.access.Privilege;

/** The reload of a rules file. */
class RulesFileTest {
    private static final User GUEST = User.guest(new Author("guest:x", "Gus"));

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("rules"), text);
    }

    private static Set<Privilege> privileges(RulesFile rules) {
        return rules.rules()
                .grant(GUEST, RoomName.LOBBY)
                .toCompletableFuture()
                .join()
                .privileges();
    }

    @Test
    void aChangedFileReplacesTheRules() throws IOException {
        RulesFile rules = new RulesFile(file("guest lobby read\n"));
        assertFalse(rules.refresh());
        file("guest lobby read write\n");
        assertTrue(rules.refresh());
        assertEquals(Set.of(Privilege.READ, Privilege.WRITE), privileges(rules));
        assertFalse(rules.refresh());
    }

    @Test
    void anInvalidFileLeavesThePreviousRulesInForceUntilItIsCorrected() throws IOException {
        RulesFile rules = new RulesFile(file("guest lobby read\n"));
        file("guest lobby reed\n");
        assertFalse(rules.refresh());
        assertFalse(rules.current());
        assertEquals(Set.of(Privilege.READ), privileges(rules));
        Files.delete(folder.resolve("rules"));
        assertFalse(rules.refresh());
        assertFalse(rules.current());
        file("guest lobby read\n");
        rules.refresh();
        assertTrue(rules.current());
    }

    @Test
    void withoutPreviousRulesAnInvalidFileIsRejected() throws IOException {
        Path invalid = file("guest lobby reed");
        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, () -> new RulesFile(invalid));
        assertTrue(failure.getMessage().endsWith("line 1: Unknown privilege 'reed'"), failure::getMessage);
        assertThrows(IllegalArgumentException.class, () -> new RulesFile(folder.resolve("missing")));
    }
}
