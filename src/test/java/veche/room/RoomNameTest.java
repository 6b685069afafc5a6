package veche.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoomNameTest {
    private static final String LONGEST = "r".repeat(64);

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "lobby", "a-b_c", "9-", "9_"})
    void lettersDigitsHyphensAndUnderscoresAreAccepted(String name) {
        assertEquals(name, new RoomName(name).toString());
    }

    @Test
    void aNameHasAtMostSixtyFourCharacters() {
        assertEquals(LONGEST, new RoomName(LONGEST).value());
        assertRejected(LONGEST + "r");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "-a", "_a", "A", "комната", "a b", "a.b", "a/b", "a\n", "a%20", "á"})
    void otherNamesAreRejected(String name) {
        assertRejected(name);
    }

    private static void assertRejected(String name) {
        RefusedException refusal = assertThrows(RefusedException.class, () -> new RoomName(name));
        assertEquals(RefusedException.Reason.BAD_ROOM_NAME, refusal.reason());
    }
}
