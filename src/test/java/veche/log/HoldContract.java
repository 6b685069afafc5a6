package veche.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import veche.room.Audience;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.MessageLog.Held;
import veche.room.ModerationAction;
import veche.room.ModerationAction.Type;
import veche.room.RoomName;

/** Requirements on a durable log for legal holds. Authors are random, since tests share a database. */
abstract class HoldContract extends RevisionContract {
    private final Author eve = new Author("user:" + UUID.randomUUID(), "Eve");
    private final Author bob = new Author("user:" + UUID.randomUUID(), "Bob");

    private static void rule(MessageLog log, Type type, String author, @Nullable RoomName room) throws Exception {
        rule(log, type, author, room, null);
    }

    private static void rule(MessageLog log, Type type, String author, @Nullable RoomName room, @Nullable Instant until)
            throws Exception {
        ModerationAction.Moderator boss = new ModerationAction.Moderator(BORIS, 2, "");
        get(log.stateStore()
                .record(new ModerationAction(
                        0, Instant.ofEpochMilli(1), boss, type, author, room, until, "Case 1", null)));
    }

    private Message append(MessageLog log, Kind kind, Author author, @Nullable String text, @Nullable UUID target)
            throws Exception {
        return get(log.append(room, new Draft(author, kind, text, null, target, null, Audience.EVERYONE)))
                .message();
    }

    private List<String> held(MessageLog log, String author) throws Exception {
        return get(log.held(author, room.value(), 0, 100)).stream()
                .map(held -> held.message().text())
                .toList();
    }

    @Test
    void anErasureOfAnAuthorOnHoldKeepsCopiesUntilTheRelease() throws Exception {
        MessageLog log = open(keeping(Duration.ZERO, 0));
        rule(log, Type.HOLD, eve.id(), null);
        Message text = append(log, Kind.TEXT, eve, "first", null);
        append(log, Kind.EDIT, eve, "second", text.id());
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3});
        Draft file = new Draft(eve, Kind.FILE, null, "a.bin", bytes, null, null, Audience.EVERYONE);
        Message attached = get(log.append(room, file)).message();
        append(log, Kind.DELETE, eve, null, attached.id());
        append(log, Kind.TEXT, bob, "not on hold", null);
        get(log.erase(room, eve.id()));
        get(log.erase(room, bob.id()));
        assertNull(get(log.find(room, text.id())).orElseThrow().text());
        List<Held> all = get(log.held("", room.value(), 0, 100));
        assertEquals(
                List.of("second", "second", "first"),
                all.stream()
                        .map(held -> held.message().text())
                        .filter(kept -> kept != null)
                        .toList());
        Message copy = all.get(0).message();
        assertEquals(
                List.of(text.id(), text.room(), text.position(), text.at(), eve, Kind.TEXT),
                List.of(copy.id(), copy.room(), copy.position(), copy.at(), copy.author(), copy.kind()));
        Message file2 = all.get(all.size() - 1).message();
        assertEquals(List.of("a.bin", bytes), List.of(file2.name(), file2.data()));
        assertEquals(all.subList(1, 3), get(log.held(eve.id(), "", all.get(0).number(), 2)));
        rule(log, Type.RELEASE, eve.id(), null);
        await().until(() -> held(log, "").isEmpty());
    }

    @Test
    void retentionKeepsCopiesOfWhatIsOnHoldOnly() throws Exception {
        MessageLog log = open(keeping(Duration.ZERO, 1));
        rule(log, Type.HOLD, eve.id(), room);
        append(log, Kind.TEXT, eve, "held", null);
        append(log, Kind.TEXT, bob, "not held", null);
        append(log, Kind.TEXT, eve, "last", null);
        await().until(() -> get(log.open(room)).first() == 3);
        assertEquals(List.of("held"), held(log, ""));
        rule(log, Type.HOLD, "", room);
        append(log, Kind.TEXT, bob, "end", null);
        append(log, Kind.TEXT, bob, "beyond", null);
        await().until(() -> get(log.open(room)).first() == 5);
        assertEquals(List.of("held", "last", "end"), held(log, ""));
        rule(log, Type.RELEASE, "", room);
        await().until(() -> held(log, "").equals(List.of("held", "last")));
        rule(log, Type.RELEASE, eve.id(), room);
        await().until(() -> held(log, "").isEmpty());
    }

    @Test
    void revisionsOnHoldStayUntilTheHoldExpires() throws Exception {
        LogLimits limits = keeping(Duration.ZERO, 0);
        MessageLog log = open(new LogLimits(
                limits.writes(),
                limits.reads(),
                new LogLimits.Retention(
                        Duration.ZERO, 0, Duration.ZERO, limits.retention().interval())));
        rule(log, Type.HOLD, eve.id(), null, Instant.now().plusSeconds(3_600));
        Message kept = append(log, Kind.TEXT, eve, "kept", null);
        Message gone = append(log, Kind.TEXT, bob, "gone", null);
        append(log, Kind.DELETE, eve, null, kept.id());
        append(log, Kind.DELETE, bob, null, gone.id());
        await().until(() -> get(log.revisions(room, gone.id())).isEmpty());
        assertEquals("kept", get(log.revisions(room, kept.id())).get(0).text());
        rule(log, Type.HOLD, eve.id(), null, Instant.ofEpochMilli(2));
        await().until(() -> get(log.revisions(room, kept.id())).isEmpty());
    }
}
