package veche.dialect.plain;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Conversation;
import veche.dialect.Dialect;
import veche.dialect.Frame;
import veche.dialect.Opening;
import veche.dialect.Wording;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.room.Audience;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.ManualLog;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.Moderation;
import veche.room.Refusal;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.Rooms;
import veche.room.Ruling;
import veche.room.Visitor;

class PlainDialectTest {
    private static final Author ANN = new Author("ann", "Ann");
    private static final RoomName HALL = new RoomName("hall");

    private final ManualLog log = ManualLog.immediate();
    private final Rooms rooms = new Rooms(log, new Room.Recent(16, 1 << 20));
    private final Quiet client = new Quiet();

    /** A client that writes down what is asked of it. */
    private static final class Quiet implements Client {
        final List<String> asked = new CopyOnWriteArrayList<>();
        /** Thrown by whatever closes the connection, where it is not null. */
        RuntimeException planted;

        @Override
        public String id() {
            return "1";
        }

        @Override
        public void send(Frame frame) {
            asked.add("send " + ((Frame.Text) frame).text());
        }

        @Override
        public Following follow(Room room, long after, Wording wording, Object listener) {
            asked.add("follow " + room.name() + " after " + after);
            return () -> {};
        }

        @Override
        public void close(CloseCode code, String reason) {
            if (planted != null) {
                throw planted;
            }
            asked.add("close " + code.number());
        }

        @Override
        public void closeAfter(Duration delay, CloseCode code, String reason) {
            asked.add("close " + code.number() + " " + reason + " after " + delay);
        }

        @Override
        public void fail(Throwable why) {
            asked.add("fail " + why.getMessage());
        }
    }

    private Conversation talk(Dialect dialect, Map<String, String> parameters, Locale language) {
        return dialect.open(
                client,
                new Opening("", ANN, URI.create("ws://site.com/chat"), parameters, Map.of(), "::1", List.of(language)));
    }

    private Conversation plain() {
        return talk(new PlainDialect(rooms, 50), Map.of("room", "hall"), Locale.ENGLISH);
    }

    private String said() {
        List<Message> messages = log.messages(HALL);
        return messages.get(messages.size() - 1).text();
    }

    @Test
    void aRefusalThatCannotBeGivenIsAFault() {
        Conversation conversation = plain();
        client.asked.clear();
        client.planted = new IllegalStateException("planted");
        log.failWrites(new Refusal(Refusal.Reason.BUSY, "Too much waits"));
        conversation.hear("hi");
        assertEquals(List.of("fail planted"), client.asked);
    }

    @Test
    void aClientFollowsItsRoomFromTheTail() {
        rooms.send(HALL, Draft.text(ANN, "before"));
        plain();
        assertEquals(List.of("follow hall after 1"), client.asked);
        assertEquals(1, rooms.presence().count(HALL));
    }

    @Test
    void whoNamesNoRoomIsInTheLobby() {
        talk(new PlainDialect(rooms, 50), Map.of(), Locale.ENGLISH);
        assertEquals(List.of("follow lobby after 0"), client.asked);
    }

    @Test
    void whenTheConnectionEndsItsMemberHasLeft() {
        plain().closed();
        assertEquals(0, rooms.presence().count(HALL));
    }

    @Test
    void aTextIsNotCutWithinACharacterThatAReaderSees() {
        plain().hear("x".repeat(49) + "👨\u200D👩\u200D👧 says more");
        assertEquals("x".repeat(49), said());
    }

    @ParameterizedTest
    @CsvSource({"x, 49, 49", "x, 50, 50", "x, 51, 50", "ж, 51, 50", "🎻, 50, 50", "🎻, 51, 50", "🎻, 26, 26"})
    void aTextIsCutToFiftyCharactersWithoutSplittingOne(String character, int said, int kept) {
        plain().hear(character.repeat(said));
        assertEquals(character.repeat(kept), said());
    }

    @Test
    void aTextWhoseCutFallsBesideAPairKeepsThePairWhole() {
        plain().hear("x".repeat(49) + "🎻🎻");
        assertEquals("x".repeat(49) + "🎻", said());
    }

    @Test
    void bytesAreSaidWholeByTheirAuthor() {
        plain().hear(ByteBuffer.allocate(500));
        Message file = log.messages(HALL).get(0);
        assertEquals(500, file.data().remaining());
        assertEquals(Kind.FILE, file.kind());
        assertEquals(ANN, file.author());
    }

    @ParameterizedTest
    @CsvSource({
        "BUSY, 1013",
        "LOG_UNAVAILABLE, 1013",
        "STOPPING, 1001",
        "INVALID, 1008",
        "TOO_BIG, 1008",
        "NOT_ALLOWED, 1008"
    })
    void aRefusalIsAClose(Refusal.Reason reason, int code) {
        Conversation talk = plain();
        log.failWrites(new Refusal(reason, "No"));
        talk.hear("hi");
        assertEquals(List.of("follow hall after 0", "close " + code), client.asked);
    }

    @Test
    void aRoomThatCannotBeOpenedIsACloseToo() {
        log.failWrites(new Refusal(Refusal.Reason.LOG_UNAVAILABLE, "The disk is full"));
        plain();
        assertEquals(List.of("close 1013"), client.asked);
    }

    private static Message message(Kind kind, String text, ByteBuffer data) {
        return ManualLog.message(HALL, 1, new Draft(ANN, kind, text, data, UUID.randomUUID(), null, Audience.EVERYONE));
    }

    @Test
    void everythingIsWordedAsChatsWithoutIdsDo() {
        ByteBuffer data = ByteBuffer.wrap(new byte[] {1, 2});
        PlainWording wording = PlainWording.INSTANCE;
        assertEquals(new Frame.Text("hi"), wording.word(message(Kind.TEXT, "hi", null)));
        assertEquals(new Frame.Text("* hi!"), wording.word(message(Kind.EDIT, "hi!", null)));
        assertEquals(data, ((Frame.Binary) wording.word(message(Kind.FILE, "caption", data))).data());
        assertNull(wording.word(message(Kind.DELETE, null, null)));
        assertNull(wording.word(message(Kind.REACTION, "👍", null)));
        assertEquals(new PlainWording(), wording);
    }

    @ParameterizedTest
    @CsvSource({
        "Меня зовут Джон, en, 'Привет с сервера, Джон!', Пока!",
        "'меня  зовут Анна-Мария.', en, 'Привет с сервера, Анна-Мария!', Пока!",
        "Меня зовут, en, 'Привет с сервера, Гость!', Пока!",
        "My name is John, ru, 'Hello from server, John!', Bye!",
        "'hi, my name is O’Neill and so on', ru, 'Hello from server, O’Neill!', Bye!",
        "Hi, ru, 'Hello from server, Guest!', Bye!",
        "123, ru, 'Привет с сервера, Гость!', Пока!",
        "123, en, 'Hello from server, Guest!', Bye!",
        "My name is Иван, en, 'Привет с сервера, Иван!', Пока!"
    })
    void helloGreetsByNameInTheLanguageSpokenAndTakesItsLeave(
            String said, String language, String greeting, String farewell) {
        talk(new HelloDialect(), Map.of(), Locale.forLanguageTag(language)).hear(said);
        assertEquals(List.of("send " + greeting, "close 1000 " + farewell + " after PT5S"), client.asked);
    }

    @Test
    void helloGreetsAgainButTakesItsLeaveOnce() {
        Conversation hello = talk(new HelloDialect(), Map.of(), Locale.ENGLISH);
        hello.hear("Hi");
        hello.hear("My name is John");
        assertEquals(3, client.asked.size());
        assertTrue(client.asked.get(2).contains("John"));
    }

    @Test
    void helloTakesNoBytes() {
        talk(new HelloDialect(), Map.of(), Locale.ENGLISH).hear(ByteBuffer.allocate(1));
        assertEquals(List.of("close 1003"), client.asked);
    }

    private void rule(Ruling.Action action, RoomName room) {
        Visitor boss = new Visitor(
                new Author("user:boss", "Boss"),
                List.of("admin"),
                Optional.empty(),
                Optional.empty(),
                Visitor.Provider.CONTAINER);
        moderated
                .moderation()
                .rule(boss, new Moderation.Order(action, ANN.id(), room, null, "spam"))
                .toCompletableFuture()
                .join();
    }

    private final MessageLog kept = Logs.memory(LogLimits.DEFAULT);
    private final Rooms moderated = new Rooms(kept, new Room.Recent(16, 1 << 20));

    private Conversation openModerated() {
        return talk(new PlainDialect(moderated, 50), Map.of("room", "hall"), Locale.ENGLISH);
    }

    @Test
    void whoIsKickedOrBannedIsClosedWith1008() {
        Conversation first = openModerated();
        await().until(() -> client.asked.size() == 1);
        rule(Ruling.Action.KICK, HALL);
        first.closed();
        assertEquals("close 1008", client.asked.get(client.asked.size() - 1));
        rule(Ruling.Action.BAN, HALL);
        client.asked.clear();
        openModerated().hear("hello");
        assertEquals(List.of("close 1008"), client.asked);
        assertEquals(0, moderated.visits().all().size());
        assertEquals(0, moderated.presence().count(HALL));
        kept.close();
    }

    @Test
    void whoIsMutedIsNotClosedAndNotHeard() {
        Conversation conversation = openModerated();
        rule(Ruling.Action.MUTE, null);
        conversation.hear("hello");
        await().until(() -> client.asked.size() == 1);
        rule(Ruling.Action.UNMUTE, null);
        conversation.hear("again");
        await().until(() -> moderated
                        .history(HALL, Long.MAX_VALUE, 9)
                        .toCompletableFuture()
                        .join()
                        .size()
                == 1);
        assertTrue(client.asked.get(0).startsWith("follow hall"), client.asked.toString());
        assertEquals(1, client.asked.size());
        kept.close();
    }
}
