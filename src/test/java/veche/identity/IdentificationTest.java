package veche.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.room.Author;

class IdentificationTest {
    private static final Locale RUSSIAN = Locale.forLanguageTag("ru");
    private static final String SECRET = "a-secret-of-mine_16";

    private final Identification identification = new Identification();

    private Author guest(Map<String, String> parameters) {
        return identification.identify(null, parameters, Locale.ENGLISH);
    }

    @Test
    void aPrincipalOverridesTheParameters() {
        Author author = identification.identify("ann", Map.of("name", "Eve", "guest", SECRET), Locale.ENGLISH);
        assertEquals(new Author("user:ann", "ann"), author);
    }

    @Test
    void aGuestSecretYieldsAStableIdWithoutRevealingTheSecret() {
        Author once = guest(Map.of("guest", SECRET));
        Author again = guest(Map.of("guest", SECRET, "name", "Ann"));
        assertEquals(once.id(), again.id());
        assertEquals("Ann", again.name());
        assertFalse(once.id().contains(SECRET));
        assertNotEquals(once.id(), guest(Map.of("guest", SECRET + "x")).id());
    }

    @Test
    void guestsWithoutASecretHaveDistinctIds() {
        assertNotEquals(guest(Map.of()).id(), guest(Map.of()).id());
        assertNotEquals(
                guest(Map.of("name", "Ann")).id(), guest(Map.of("name", "Ann")).id());
    }

    @Test
    void aGuestCannotTakeAUsersId() {
        assertTrue(guest(Map.of("name", "user:ann")).id().startsWith("guest:"));
    }

    @Test
    void aGuestWithoutANameIsNamedInTheClientsLanguage() {
        assertTrue(guest(Map.of()).name().matches("Guest .{4}"));
        assertTrue(identification.identify(null, Map.of(), RUSSIAN).name().matches("Гость .{4}"));
    }

    /** RFC 5892 A.1 and A.2; UTS #51. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "علی\u200Cرضا",
                "श\u094D\u200Dर",
                "क\u094D\u200Cष",
                "👩\u200D🚀",
                "👩🏽\u200D🚀",
                "👩\u200D❤\uFE0F\u200D👨",
                "🏳\uFE0F\u200D🌈",
                "❤\uFE0F",
                "1\uFE0F\u20E3",
                "葛\uDB40\uDD00城"
            })
    void joinersAreAcceptedBetweenJoinableCharacters(String name) {
        assertEquals(name, guest(Map.of("name", name)).name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u200Db",
                "a\u200Cb",
                "Ann\u200D",
                "\u200CAnn",
                "ا\u200Cب",
                "👩\u200D",
                "👩\u200DA",
                "A\u200D👩",
                "Ann1\uFE0F",
                "Ann\uFE0F",
                "Ann\uDB40\uDD00"
            })
    void joinersAreRejectedElsewhere(String name) {
        assertRejected(Map.of("name", name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u2800",
                "\u115F",
                "\u1160",
                "\u3164",
                "\uFFA0",
                "\u034F",
                "\u0301",
                "\uFE0F",
                "\u200D",
                "\u00AD",
                "\u17B4",
                "\uFEFF",
                "\uDB40\uDD00",
                "\uDB40\uDC41",
                "Ann\u3164",
                "Ann\u2065",
                "Ann\uFFF0",
                "Ann\u180E",
                "Ann\uDB40\uDD7E",
                "Ann\u2800",
                "\u2800\u0301"
            })
    void aNameWithoutAVisibleGlyphOrWithABlankOneIsRejected(String name) {
        assertRejected(Map.of("name", name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "Джон", "名前", "O'Brien-Smith", "🎻", "12345678901234567890123456789012"})
    void visibleNamesAreAccepted(String name) {
        assertEquals(name, guest(Map.of("name", name)).name());
    }

    /** UTS #39 §5.4; the Tibetan syllable has three marks, the Hindi one two. */
    @ParameterizedTest
    @ValueSource(strings = {"Nguye\u0302\u0303n", "བསྒྲུབས", "ज़ूं", "שׁ\u05B8\u05BCלוֹם"})
    void namesWithTheMarksOfTheirScriptAreAccepted(String name) {
        assertEquals(name, guest(Map.of("name", name)).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"A\u0301\u0302\u0303nna", "A\u0489\u0489\u0489", "ก\u0E34\u0E34\u0E34\u0E34\u0E34"})
    void namesWithStacksOfMarksAreRejected(String name) {
        assertRejected(Map.of("name", name));
    }

    @Test
    void aNameIsCountedInCodePoints() {
        assertEquals("🎻".repeat(32), guest(Map.of("name", "🎻".repeat(32))).name());
        assertRejected(Map.of("name", "🎻".repeat(33)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\t",
                "a\nb",
                "a\u0000",
                "\u202Eevil",
                "a\u200Bb",
                "\uD800",
                "\uE000",
                "\u2028",
                "\u00A0"
            })
    void invisibleCharactersAreRejected(String name) {
        assertRejected(Map.of("name", name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fifteen-letters", "has space in it yes", "has/slash/in/it/ok"})
    void aShortOrMalformedSecretIsRejected(String secret) {
        assertRejected(Map.of("guest", secret));
    }

    private void assertRejected(Map<String, String> parameters) {
        assertThrows(Identification.InvalidIdentityException.class, () -> guest(parameters));
    }
}
