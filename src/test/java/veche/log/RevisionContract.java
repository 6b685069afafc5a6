package veche.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.room.RefusedException.Reason.NO_SUCH_MESSAGE;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import veche.log.LogLimits.Reads;
import veche.log.LogLimits.Retention;
import veche.log.LogLimits.Writes;
import veche.room.Audience;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.Revision;

/** Requirements on every log for edited and deleted messages. */
abstract class RevisionContract extends MessageLogContract {
    private Message append(MessageLog log, Draft draft) throws Exception {
        return get(log.append(room, draft)).message();
    }

    private static Draft change(Kind kind, UUID target, String text) {
        return new Draft(ANNA, kind, text, null, target, null, Audience.EVERYONE);
    }

    private List<String> texts(MessageLog log) throws Exception {
        List<String> texts = new ArrayList<>();
        get(log.after(room, 0, 100)).forEach(message -> texts.add(message.text()));
        return texts;
    }

    @Test
    void aDeletedTextIsNeverReturned() throws Exception {
        MessageLog log = open();
        Message original = append(log, keyed(ANNA, "secret", "key"));
        append(log, change(Kind.EDIT, original.id(), "secret, too"));
        append(log, change(Kind.REACTION, original.id(), "👍"));
        Message deletion = append(log, change(Kind.DELETE, original.id(), null));
        List<String> expected = new ArrayList<>();
        expected.add(null);
        expected.add(null);
        expected.add("👍");
        expected.add(null);
        assertEquals(expected, texts(log));
        assertEquals(get(log.after(room, 0, 10)), get(log.before(room, Long.MAX_VALUE, 10)));
        Message tombstone = get(log.find(room, original.id())).orElseThrow();
        assertTrue(tombstone.isDeleted());
        assertEquals(
                List.of(original.author(), original.position(), original.at()),
                List.of(tombstone.author(), tombstone.position(), tombstone.at()));
        assertNull(append(log, keyed(ANNA, "secret", "key")).text());
        assertEquals(
                List.of("secret", "secret, too"),
                get(log.revisions(room, original.id())).stream()
                        .map(Revision::text)
                        .toList());
        assertEquals(
                deletion.id(), get(log.revisions(room, original.id())).get(1).replacedBy());
        assertEquals(List.of(), get(log.revisions(other, original.id())));
    }

    @Test
    void theMessagesOfAnAuthorAreErasedAtTheirPositions() throws Exception {
        MessageLog log = open();
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3});
        Message text = append(log, keyed(ANNA, "secret", "key"));
        append(log, new Draft(ANNA, Kind.FILE, "caption", "a.bin", bytes, null, null, Audience.EVERYONE));
        Message foreign = append(log, keyed(BORIS, "hello", "key"));
        append(log, change(Kind.EDIT, text.id(), "secret, too"));
        append(log, change(Kind.REACTION, foreign.id(), "👍"));
        append(log, change(Kind.DELETE, text.id(), null));
        get(log.erase(room, ANNA.id()));
        List<Message> messages = get(log.after(room, 0, 10));
        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L, 6L),
                messages.stream().map(message -> message.position().number()).toList());
        assertEquals(foreign, messages.get(2));
        for (int i : new int[] {0, 1, 3, 4, 5}) {
            Message erased = messages.get(i);
            assertEquals(Author.ERASED, erased.author());
            assertEquals(i == 4 ? "👍" : null, erased.text());
            assertNull(erased.name());
            assertNull(erased.data());
            assertNull(erased.key());
        }
        assertTrue(messages.get(0).isDeleted() && messages.get(1).isDeleted());
        assertEquals(List.of(), get(log.revisions(room, text.id())));
        assertEquals(7, append(log, keyed(ANNA, "again", "key")).position().number());
        assertEquals(foreign.id(), append(log, keyed(BORIS, "hello", "key")).id());
    }

    @Test
    void aDeletedFileIsNeverReturned() throws Exception {
        MessageLog log = open();
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3});
        Message original =
                append(log, new Draft(ANNA, Kind.FILE, "one", "a.bin", bytes, null, null, Audience.EVERYONE));
        append(log, change(Kind.EDIT, original.id(), "two"));
        Message edited = get(log.find(room, original.id())).orElseThrow();
        assertEquals(List.of("two", "a.bin", bytes), List.of(edited.text(), edited.name(), edited.data()));
        append(log, change(Kind.DELETE, original.id(), null));
        Message tombstone = get(log.find(room, original.id())).orElseThrow();
        assertTrue(tombstone.isDeleted());
        assertNull(tombstone.data());
        assertNull(tombstone.text());
        assertNull(tombstone.name());
        List<Revision> revisions = get(log.revisions(room, original.id()));
        assertEquals("one", revisions.get(0).text());
        assertNull(revisions.get(0).name());
        assertNull(revisions.get(0).data());
        Revision last = revisions.get(1);
        assertEquals(List.of("two", "a.bin", bytes), List.of(last.text(), last.name(), last.data()));
    }

    @Test
    void anEditedMessageIsReadWithItsCurrentText() throws Exception {
        MessageLog log = open();
        Message original = append(log, Draft.text(ANNA, "first"));
        append(log, change(Kind.EDIT, original.id(), "second \u0000"));
        append(log, change(Kind.EDIT, original.id(), "third"));
        List<String> expected = new ArrayList<>(List.of("third"));
        expected.add(null);
        expected.add("third");
        assertEquals(expected, texts(log));
        assertTrue(get(log.after(room, 0, 10)).get(1).isSuperseded());
        assertEquals(
                List.of("first", "second \u0000"),
                get(log.revisions(room, original.id())).stream()
                        .map(Revision::text)
                        .toList());
    }

    @Test
    void aChangeAfterADeletionIsRejected() throws Exception {
        MessageLog log = open();
        Message original = append(log, Draft.text(ANNA, "first"));
        append(log, change(Kind.DELETE, original.id(), null));
        assertEquals(NO_SUCH_MESSAGE, refusal(log.append(room, change(Kind.EDIT, original.id(), "back again"))));
        assertEquals(NO_SUCH_MESSAGE, refusal(log.append(room, change(Kind.REACTION, original.id(), "👍"))));
        append(log, change(Kind.DELETE, original.id(), null));
        assertEquals(Arrays.asList(null, null, null), texts(log));
    }

    @Test
    void anEditAcceptedBeforeADeletionIsAcceptedWhenRepeated() throws Exception {
        MessageLog log = open();
        Message original = append(log, Draft.text(ANNA, "first"));
        Draft edit = new Draft(ANNA, Kind.EDIT, "second", null, original.id(), "key", Audience.EVERYONE);
        Message edited = append(log, edit);
        append(log, change(Kind.DELETE, original.id(), null));
        assertEquals(edited.id(), append(log, edit).id());
        assertEquals(3, get(log.after(room, 0, 10)).size());
    }

    @Test
    void ofChangesCommittedTogetherTheLastOneTakesEffect() throws Exception {
        MessageLog log = open();
        Message original = append(log, Draft.text(ANNA, "first"));
        Message second = append(log, Draft.text(ANNA, "one"));
        List<CompletionStage<?>> stages = new ArrayList<>();
        List<CompletionStage<?>> late = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            stages.add(log.append(room, change(Kind.EDIT, original.id(), "edit " + i)));
            var stage = log.append(room, change(i == 20 ? Kind.DELETE : Kind.EDIT, second.id(), "x"));
            (i > 20 ? late : stages).add(stage);
        }
        for (var stage : stages) {
            get(stage);
        }
        for (var stage : late) {
            assertEquals(NO_SUCH_MESSAGE, refusal(stage));
        }
        List<Message> all = get(log.after(room, 0, 200));
        assertEquals("edit 49", all.get(0).text());
        assertTrue(all.get(1).isDeleted());
        assertEquals(
                1,
                all.stream()
                        .filter(message -> message.kind() == Kind.EDIT && message.text() != null)
                        .count());
    }

    @Test
    void revisionsAreRemovedAfterTheRetentionTime() throws Exception {
        Retention brief = new Retention(Duration.ZERO, 0, Duration.ofMillis(1), Duration.ofMillis(50));
        MessageLog log = open(new LogLimits(Writes.DEFAULT, Reads.DEFAULT, brief));
        Message original = append(log, Draft.text(ANNA, "first"));
        append(log, change(Kind.DELETE, original.id(), null));
        await().untilAsserted(() -> {
            append(log, Draft.text(ANNA, "more"));
            assertEquals(List.of(), get(log.revisions(room, original.id())));
        });
    }
}
