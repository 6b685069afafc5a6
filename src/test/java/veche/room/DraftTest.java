package veche.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DraftTest {
    private static final Author ANN = new Author("ann", "Ann");
    private static final UUID TARGET = UUID.randomUUID();

    private static Draft draft(Kind kind, String text, ByteBuffer data, UUID target, String key) {
        return new Draft(ANN, kind, text, data, target, key, Audience.EVERYONE);
    }

    private static void assertInvalid(Kind kind, String text, ByteBuffer data, UUID target, String key) {
        RefusedException refusal = assertThrows(RefusedException.class, () -> draft(kind, text, data, target, key));
        assertEquals(RefusedException.Reason.INVALID, refusal.reason());
    }

    @ParameterizedTest
    @EnumSource(names = {"TEXT", "EDIT", "REACTION"})
    void textEditAndReactionRequireText(Kind kind) {
        assertInvalid(kind, null, null, TARGET, null);
        assertEquals("", draft(kind, "", null, TARGET, null).text());
    }

    @ParameterizedTest
    @EnumSource(names = {"EDIT", "DELETE", "REACTION"})
    void amendmentsRequireATarget(Kind kind) {
        assertInvalid(kind, "text", null, null, null);
    }

    @Test
    void aFileRequiresDataAndMayHaveACaption() {
        assertInvalid(Kind.FILE, "caption", null, null, null);
        assertEquals(
                "caption",
                draft(Kind.FILE, "caption", ByteBuffer.allocate(0), null, null).text());
    }

    private static Draft named(Kind kind, String name) {
        return new Draft(ANN, kind, "caption", name, ByteBuffer.allocate(0), TARGET, null, Audience.EVERYONE);
    }

    @Test
    void onlyAFileMayHaveANameOfAtMost255Characters() {
        assertEquals("a.bin", named(Kind.FILE, "a.bin").name());
        assertEquals(510, named(Kind.FILE, "🔔".repeat(255)).name().length());
        for (String tooLong : List.of("🔔".repeat(256), "n".repeat(256))) {
            RefusedException refusal = assertThrows(RefusedException.class, () -> named(Kind.FILE, tooLong));
            assertEquals(RefusedException.Reason.INVALID, refusal.reason());
            assertEquals("name must have at most 255 characters", refusal.getMessage());
        }
        RefusedException refusal = assertThrows(RefusedException.class, () -> named(Kind.EDIT, "a.bin"));
        assertEquals("only a file may have a name", refusal.getMessage());
    }

    @Test
    void aKeyHasOneTo128Characters() {
        assertInvalid(Kind.TEXT, "text", null, null, "");
        assertInvalid(Kind.TEXT, "text", null, null, "k".repeat(129));
        assertEquals(
                128, draft(Kind.TEXT, "text", null, null, "k".repeat(128)).key().length());
    }

    @Test
    void everyReaderOfTheDataHasItsOwnReadOnlyPosition() {
        Draft file = Draft.file(ANN, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        file.data().get();
        assertEquals(3, file.data().remaining());
        assertTrue(file.data().isReadOnly());
    }

    @Test
    void theWeightGrowsWithTextNameAndBytes() {
        int empty = Draft.text(ANN, "").weight();
        assertEquals(empty + 2 * 10, Draft.text(ANN, "0123456789").weight());
        assertEquals(empty + 7, Draft.file(ANN, ByteBuffer.allocate(7)).weight());
        assertEquals(
                empty + 2 * "caption".length() + 2 * 5,
                named(Kind.FILE, "a.bin").weight());
    }

    @ParameterizedTest
    @EnumSource
    void aKindIsFoundByItsWireName(Kind kind) {
        assertEquals(kind, Kind.ofWireName(kind.wireName()));
        assertEquals(kind.wireName().toLowerCase(java.util.Locale.ROOT), kind.wireName());
    }
}
