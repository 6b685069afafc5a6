package veche.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.room.Author;
import veche.room.MessageLog;
import veche.room.User;
import veche.testing.ManualClock;

/** UTS #39 §4: confusable detection. */
class RegisteredNamesTest {
    private static final Duration MEMORY = Duration.ofDays(90);

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-30T12:00:00Z"));
    private final MessageLog log = Logs.memory(LogLimits.DEFAULT);
    private final RegisteredNames names = new RegisteredNames(log.stateStore(), MEMORY, clock);

    @BeforeEach
    void load() throws Exception {
        poll(names);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static void poll(RegisteredNames registered) throws Exception {
        registered.poll().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static User user(String id, String name, User.Provider provider) {
        return new User(new Author(id, name), List.of(), Optional.empty(), Optional.empty(), provider);
    }

    private void register(String name) {
        names.note(user("user:1", name, User.Provider.TOKEN));
    }

    @Test
    void aGuestThatAsksForTheNameOfAUserAppearsWithANumber() {
        assertEquals("Anna", names.available("Anna"));
        register("Anna");
        assertEquals("Anna 2", names.available("Anna"));
        assertEquals("Hanna", names.available("Hanna"));
    }

    @Test
    void aNumberThatBelongsToAUserIsSkipped() {
        register("Anna");
        register("Anna 2");
        assertEquals("Anna 3", names.available("Anna"));
        assertEquals("Anna 2 2", names.available("Anna 2"));
    }

    @ParameterizedTest
    @CsvSource({
        "Anna, anna",
        "Anna, ANNA",
        "Anna, Аnnа", // Cyrillic А, а
        "Анна, Aннa", // Latin A, a
        "Alice, AIice",
        "Alice, ALICE",
        "Alice, A1ice",
        "Oleg, 0leg",
        "Marina, rnarina",
        "MARINA, marina",
        "Straße, STRASSE",
        "Anna Petrova, AnnaPetrova",
        "Anna, Ａｎｎａ", // full-width
        "José, Jose\u0301",
        "Νίκος, ΝΊΚΟΣ",
        "paypal, раураl"
    })
    void aNameThatReadersWouldConfuseIsNotAvailable(String registered, String asked) {
        register(registered);
        assertNotEquals(asked, names.available(asked));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Anne", "Inna", "Anya", "Инна", "アンナ"})
    void otherNamesAreAvailable(String asked) {
        register("Anna");
        register("Анна");
        assertEquals(asked, names.available(asked));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345678901234567890123456789012",
                "🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻",
                "علی\u200Cرضاعلی\u200Cرضاعلی\u200Cرضاعلی\u200Cر"
            })
    void aNameWithANumberIsAValidDisplayName(String name) {
        register(name);
        String available = names.available(name);
        assertEquals(true, available.endsWith(" 2") && DisplayNames.visible(available), available);
    }

    @Test
    void theNamesOfGuestsAreAvailableToOtherGuests() {
        names.note(User.guest(new Author("guest:1", "Eve")));
        assertEquals("Eve", names.available("Eve"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TOKEN", "CONTAINER", "CREDENTIAL", "SERVER"})
    void everyVerifiedIdentityRegistersItsName(User.Provider provider) {
        names.note(user("user:1", "Anna", provider));
        assertEquals("Anna 2", names.available("Anna"));
    }

    @Test
    void aNameIsAvailableOnceItsUserHasBeenAwayForLong() throws Exception {
        register("Anna");
        clock.advance(MEMORY.minusSeconds(1));
        assertEquals("Anna 2", names.available("Anna"));
        clock.advance(Duration.ofSeconds(1));
        assertEquals("Anna", names.available("Anna"));
        register("Anna");
        clock.advance(MEMORY.dividedBy(2));
        register("Anna");
        clock.advance(MEMORY.dividedBy(2));
        poll(names);
        assertEquals("Anna 2", names.available("Anna"));
    }

    @Test
    void theServersOwnNameIsNeverAvailable() throws Exception {
        names.note(user("server:application", "Veche", User.Provider.SERVER));
        clock.advance(MEMORY.multipliedBy(2));
        poll(names);
        assertEquals("Veche 2", names.available("Veche"));
    }

    @Test
    void anotherNodeAndTheNextStartKnowTheName() throws Exception {
        RegisteredNames other = new RegisteredNames(log.stateStore(), MEMORY, clock);
        poll(other);
        register("Anna");
        assertEquals("Anna", other.available("Anna"));
        clock.advance(Duration.ofSeconds(5));
        poll(other);
        assertEquals("Anna 2", other.available("Anna"));
        RegisteredNames restarted = new RegisteredNames(log.stateStore(), MEMORY, clock);
        poll(restarted);
        assertEquals("Anna 2", restarted.available("Anna"));
    }

    @Test
    void theNameOfAnErasedAuthorBecomesAvailable() throws Exception {
        register("Anna");
        register("Bella");
        log.stateStore().forget("user:1").toCompletableFuture().get(10, TimeUnit.SECONDS);
        names.note(user("user:2", "Clara", User.Provider.TOKEN));
        clock.advance(Duration.ofHours(1));
        poll(names);
        assertEquals(
                Map.of("Anna", "Anna", "Bella", "Bella", "Clara", "Clara 2"),
                Map.of(
                        "Anna",
                        names.available("Anna"),
                        "Bella",
                        names.available("Bella"),
                        "Clara",
                        names.available("Clara")));
    }

    @Test
    void theUseOfANameIsStoredAtMostOnceADay() throws Exception {
        register("Anna");
        clock.advance(Duration.ofHours(23));
        register("Anna");
        assertEquals(Instant.parse("2026-11-30T12:00:00Z"), stored());
        clock.advance(Duration.ofHours(2));
        register("Anna");
        assertEquals(Instant.parse("2026-12-01T13:00:00Z"), stored());
    }

    private Instant stored() throws Exception {
        return log.stateStore()
                .names(Instant.EPOCH)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .values()
                .iterator()
                .next();
    }
}
