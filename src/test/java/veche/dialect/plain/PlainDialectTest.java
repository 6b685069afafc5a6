package veche.dialect.plain;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.plain.RecordingClient.ANN;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.dialect.DialectSession;
import veche.dialect.Frame;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.room.Audience;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.ManualLog;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.ModerationAction;
import veche.room.ModerationOrder;
import veche.room.RefusedException;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.Rooms;
import veche.room.User;

class PlainDialectTest {
    private static final RoomName HALL = new RoomName("hall");

    private final ManualLog log = ManualLog.immediate();
    private final Rooms rooms = new Rooms(log, new Room.Recent(16, 1 << 20));
    private final MessageLog moderatedLog = Logs.memory(LogLimits.DEFAULT);
    private final Rooms moderated = new Rooms(moderatedLog, new Room.Recent(16, 1 << 20));
    private final RecordingClient client = new RecordingClient();

    private DialectSession plain() {
        return client.open(new PlainDialect(rooms, 50), Map.of("room", "hall"), Locale.ENGLISH);
    }

    private String lastText() {
        List<Message> messages = log.messages(HALL);
        return messages.get(messages.size() - 1).text();
    }

    @Test
    void aFailureToCloseAfterARefusalIsReported() {
        DialectSession session = plain();
        client.calls.clear();
        client.planted = new IllegalStateException("planted");
        log.failWrites(new RefusedException(RefusedException.Reason.BUSY, "The queue is full"));
        session.onText("hi");
        assertEquals(List.of("fail planted"), client.calls);
    }

    @Test
    void aClientFollowsItsRoomFromTheTail() {
        rooms.send(HALL, Draft.text(ANN, "before"));
        plain();
        assertEquals(List.of("follow hall after 1"), client.calls);
        assertEquals(1, rooms.presence().count(HALL));
    }

    @Test
    void withoutARoomParameterAClientJoinsTheLobby() {
        client.open(new PlainDialect(rooms, 50), Map.of(), Locale.ENGLISH);
        assertEquals(List.of("follow lobby after 0"), client.calls);
    }

    @Test
    void closingTheConnectionLeavesTheRoom() {
        plain().onClose();
        assertEquals(0, rooms.presence().count(HALL));
    }

    @Test
    void aTextIsNotTruncatedWithinAGraphemeCluster() {
        plain().onText("x".repeat(49) + "👨\u200D👩\u200D👧 and more");
        assertEquals("x".repeat(49), lastText());
    }

    @ParameterizedTest
    @CsvSource({"x, 49, 49", "x, 50, 50", "x, 51, 50", "ж, 51, 50", "🎻, 50, 50", "🎻, 51, 50", "🎻, 26, 26"})
    void aTextIsTruncatedToFiftyCharactersWithoutSplittingOne(String character, int sent, int kept) {
        plain().onText(character.repeat(sent));
        assertEquals(character.repeat(kept), lastText());
    }

    @Test
    void truncationKeepsASurrogatePairWhole() {
        plain().onText("x".repeat(49) + "🎻🎻");
        assertEquals("x".repeat(49) + "🎻", lastText());
    }

    @Test
    void binaryMessagesAreStoredWholeWithTheirAuthor() {
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
    void aRefusalClosesWithItsCode(RefusedException.Reason reason, int code) {
        DialectSession session = plain();
        log.failWrites(new RefusedException(reason, "No"));
        session.onText("hi");
        assertEquals(List.of("follow hall after 0", "close " + code), client.calls);
    }

    @Test
    void aRoomThatCannotBeOpenedClosesTheConnection() {
        log.failWrites(new RefusedException(RefusedException.Reason.LOG_UNAVAILABLE, "The disk is full"));
        plain();
        assertEquals(List.of("close 1013"), client.calls);
    }

    private static Message message(Kind kind, String text, ByteBuffer data) {
        return ManualLog.message(HALL, 1, new Draft(ANN, kind, text, data, UUID.randomUUID(), null, Audience.EVERYONE));
    }

    @Test
    void messagesAreEncodedWithoutIds() {
        ByteBuffer data = ByteBuffer.wrap(new byte[] {1, 2});
        PlainEncoder encoder = PlainEncoder.INSTANCE;
        assertEquals(new Frame.Text("hi"), encoder.encode(message(Kind.TEXT, "hi", null)));
        assertEquals(new Frame.Text("* hi!"), encoder.encode(message(Kind.EDIT, "hi!", null)));
        assertEquals(data, ((Frame.Binary) encoder.encode(message(Kind.FILE, "caption", data))).data());
        assertNull(encoder.encode(message(Kind.DELETE, null, null)));
        assertNull(encoder.encode(message(Kind.REACTION, "👍", null)));
        assertEquals(new PlainEncoder(), encoder);
    }

    private void moderate(ModerationAction.Type type, RoomName room) {
        moderate(ModerationOrder.author(type, ANN.id(), room, null, "spam"));
    }

    private void moderate(ModerationOrder order) {
        User boss = new User(
                new Author("user:boss", "Boss"),
                List.of("admin"),
                Optional.empty(),
                Optional.empty(),
                User.Provider.CONTAINER);
        moderated.moderation().rule(boss, "", order).toCompletableFuture().join();
    }

    private DialectSession openModerated() {
        return client.open(new PlainDialect(moderated, 50), Map.of("room", "hall"), Locale.ENGLISH);
    }

    @Test
    void messagesAgainstTheModeOfTheRoomAreDroppedAndAClosedRoomIsLeft() {
        moderate(ModerationOrder.room(ModerationAction.Type.SLOW, HALL, null, Duration.ofHours(1), ""));
        DialectSession session = openModerated();
        await().until(() -> client.calls.size() == 1);
        session.onText("first");
        await().until(() -> moderatedTail() == 1);
        session.onText("too early");
        moderate(ModerationOrder.room(ModerationAction.Type.READONLY, HALL, null, null, ""));
        session.onText("nobody may write");
        moderate(ModerationOrder.room(ModerationAction.Type.OPEN, HALL, null, null, ""));
        session.onText("second");
        await().until(() -> moderatedTail() == 2);
        moderate(ModerationOrder.room(ModerationAction.Type.CLOSE, HALL, null, null, ""));
        assertEquals("close 1008", client.calls.get(client.calls.size() - 1));
        session.onClose();
        moderatedLog.close();
    }

    private long moderatedTail() {
        return moderated.open(HALL).toCompletableFuture().join().tail();
    }

    @Test
    void aKickedOrBannedUserIsClosedWith1008() {
        DialectSession first = openModerated();
        await().until(() -> client.calls.size() == 1);
        moderate(ModerationAction.Type.KICK, HALL);
        first.onClose();
        assertEquals("close 1008", client.calls.get(client.calls.size() - 1));
        moderate(ModerationAction.Type.BAN, HALL);
        client.calls.clear();
        openModerated().onText("hello");
        assertEquals(List.of("close 1008"), client.calls);
        assertEquals(0, moderated.roomSessions().all().size());
        assertEquals(0, moderated.presence().count(HALL));
        moderatedLog.close();
    }

    @Test
    void aMutedUserStaysConnectedAndIsNotPublished() {
        DialectSession session = openModerated();
        moderate(ModerationAction.Type.MUTE, null);
        session.onText("hello");
        await().until(() -> client.calls.size() == 1);
        moderate(ModerationAction.Type.UNMUTE, null);
        session.onText("again");
        await().until(() -> moderated
                        .history(HALL, Long.MAX_VALUE, 9)
                        .toCompletableFuture()
                        .join()
                        .size()
                == 1);
        assertTrue(client.calls.get(0).startsWith("follow hall"), client.calls.toString());
        assertEquals(1, client.calls.size());
        moderatedLog.close();
    }
}
