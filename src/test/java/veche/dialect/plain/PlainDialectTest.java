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
import veche.dialect.Dialect;
import veche.dialect.DialectSession;
import veche.dialect.Frame;
import veche.dialect.HandshakeInfo;
import veche.dialect.MessageEncoder;
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
import veche.room.ModerationAction;
import veche.room.RefusedException;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.Rooms;
import veche.room.User;

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
        public Following follow(Room room, long after, MessageEncoder encoder, Object listener) {
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

    private DialectSession talk(Dialect dialect, Map<String, String> parameters, Locale language) {
        return dialect.open(
                client,
                new HandshakeInfo(
                        "", ANN, URI.create("ws://site.com/chat"), parameters, Map.of(), "::1", List.of(language)));
    }

    private DialectSession plain() {
        return talk(new PlainDialect(rooms, 50), Map.of("room", "hall"), Locale.ENGLISH);
    }

    private String said() {
        List<Message> messages = log.messages(HALL);
        return messages.get(messages.size() - 1).text();
    }

    @Test
    void aRefusalThatCannotBeGivenIsAFault() {
        DialectSession session = plain();
        client.asked.clear();
        client.planted = new IllegalStateException("planted");
        log.failWrites(new RefusedException(RefusedException.Reason.BUSY, "Too much waits"));
        session.onText("hi");
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
        plain().onClose();
        assertEquals(0, rooms.presence().count(HALL));
    }

    @Test
    void aTextIsNotCutWithinACharacterThatAReaderSees() {
        plain().onText("x".repeat(49) + "👨\u200D👩\u200D👧 says more");
        assertEquals("x".repeat(49), said());
    }

    @ParameterizedTest
    @CsvSource({"x, 49, 49", "x, 50, 50", "x, 51, 50", "ж, 51, 50", "🎻, 50, 50", "🎻, 51, 50", "🎻, 26, 26"})
    void aTextIsCutToFiftyCharactersWithoutSplittingOne(String character, int said, int kept) {
        plain().onText(character.repeat(said));
        assertEquals(character.repeat(kept), said());
    }

    @Test
    void aTextWhoseCutFallsBesideAPairKeepsThePairWhole() {
        plain().onText("x".repeat(49) + "🎻🎻");
        assertEquals("x".repeat(49) + "🎻", said());
    }

    @Test
    void bytesAreSaidWholeByTheirAuthor() {
        plain().onBinary(ByteBuffer.allocate(500));
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
    void aRefusalIsAClose(RefusedException.Reason reason, int code) {
        DialectSession talk = plain();
        log.failWrites(new RefusedException(reason, "No"));
        talk.onText("hi");
        assertEquals(List.of("follow hall after 0", "close " + code), client.asked);
    }

    @Test
    void aRoomThatCannotBeOpenedIsACloseToo() {
        log.failWrites(new RefusedException(RefusedException.Reason.LOG_UNAVAILABLE, "The disk is full"));
        plain();
        assertEquals(List.of("close 1013"), client.asked);
    }

    private static Message message(Kind kind, String text, ByteBuffer data) {
        return ManualLog.message(HALL, 1, new Draft(ANN, kind, text, data, UUID.randomUUID(), null, Audience.EVERYONE));
    }

    @Test
    void everythingIsWordedAsChatsWithoutIdsDo() {
        ByteBuffer data = ByteBuffer.wrap(new byte[] {1, 2});
        PlainEncoder encoder = PlainEncoder.INSTANCE;
        assertEquals(new Frame.Text("hi"), encoder.encode(message(Kind.TEXT, "hi", null)));
        assertEquals(new Frame.Text("* hi!"), encoder.encode(message(Kind.EDIT, "hi!", null)));
        assertEquals(data, ((Frame.Binary) encoder.encode(message(Kind.FILE, "caption", data))).data());
        assertNull(encoder.encode(message(Kind.DELETE, null, null)));
        assertNull(encoder.encode(message(Kind.REACTION, "👍", null)));
        assertEquals(new PlainEncoder(), encoder);
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
        talk(new HelloDialect(), Map.of(), Locale.forLanguageTag(language)).onText(said);
        assertEquals(List.of("send " + greeting, "close 1000 " + farewell + " after PT5S"), client.asked);
    }

    @Test
    void helloGreetsAgainButTakesItsLeaveOnce() {
        DialectSession hello = talk(new HelloDialect(), Map.of(), Locale.ENGLISH);
        hello.onText("Hi");
        hello.onText("My name is John");
        assertEquals(3, client.asked.size());
        assertTrue(client.asked.get(2).contains("John"));
    }

    @Test
    void helloTakesNoBytes() {
        talk(new HelloDialect(), Map.of(), Locale.ENGLISH).onBinary(ByteBuffer.allocate(1));
        assertEquals(List.of("close 1003"), client.asked);
    }

    private void rule(ModerationAction.Type type, RoomName room) {
        User boss = new User(
                new Author("user:boss", "Boss"),
                List.of("admin"),
                Optional.empty(),
                Optional.empty(),
                User.Provider.CONTAINER);
        moderated
                .moderation()
                .rule(boss, new Moderation.Order(type, ANN.id(), room, null, "spam"))
                .toCompletableFuture()
                .join();
    }

    private final MessageLog kept = Logs.memory(LogLimits.DEFAULT);
    private final Rooms moderated = new Rooms(kept, new Room.Recent(16, 1 << 20));

    private DialectSession openModerated() {
        return talk(new PlainDialect(moderated, 50), Map.of("room", "hall"), Locale.ENGLISH);
    }

    @Test
    void whoIsKickedOrBannedIsClosedWith1008() {
        DialectSession first = openModerated();
        await().until(() -> client.asked.size() == 1);
        rule(ModerationAction.Type.KICK, HALL);
        first.onClose();
        assertEquals("close 1008", client.asked.get(client.asked.size() - 1));
        rule(ModerationAction.Type.BAN, HALL);
        client.asked.clear();
        openModerated().onText("hello");
        assertEquals(List.of("close 1008"), client.asked);
        assertEquals(0, moderated.roomSessions().all().size());
        assertEquals(0, moderated.presence().count(HALL));
        kept.close();
    }

    @Test
    void whoIsMutedIsNotClosedAndNotHeard() {
        DialectSession session = openModerated();
        rule(ModerationAction.Type.MUTE, null);
        session.onText("hello");
        await().until(() -> client.asked.size() == 1);
        rule(ModerationAction.Type.UNMUTE, null);
        session.onText("again");
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
