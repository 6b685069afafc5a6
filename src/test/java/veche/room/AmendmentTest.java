package veche.room;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AmendmentTest extends RoomsFixture {
    private static final Author BOB = new Author("bob", "Bob");

    private static Draft change(Author author, Kind kind, UUID target) {
        return new Draft(author, kind, "new", null, target, null, Audience.EVERYONE);
    }

    @ParameterizedTest
    @EnumSource(names = {"EDIT", "DELETE"})
    void onlyTheAuthorMayEditOrDeleteAMessage(Kind kind) {
        Message sent = send(ANN, "hi");
        assertEquals(
                RefusedException.Reason.NOT_ALLOWED,
                refused(rooms.amend(HALL, change(BOB, kind, sent.id()))).reason());
        log.commit();
        CompletionStage<Message> own = rooms.amend(HALL, change(ANN, kind, sent.id()));
        log.commit();
        assertEquals(sent.id(), done(own).target());
    }

    @Test
    void anyUserMayReact() {
        Message sent = send(ANN, "hi");
        CompletionStage<Message> reaction = rooms.amend(HALL, change(BOB, Kind.REACTION, sent.id()));
        log.commit();
        assertEquals(Kind.REACTION, done(reaction).kind());
    }

    @Test
    void anAmendmentCannotBeAmended() {
        Message sent = send(ANN, "hi");
        CompletionStage<Message> amended = rooms.amend(HALL, change(ANN, Kind.EDIT, sent.id()));
        log.commit();
        Message edit = done(amended);
        assertEquals(
                RefusedException.Reason.INVALID,
                refused(rooms.amend(HALL, change(ANN, Kind.DELETE, edit.id()))).reason());
    }

    @Test
    void aMessageOfAnotherRoomIsNeitherFoundNorAmended() {
        Message sent = send(ANN, "hi");
        RoomName other = new RoomName("other");
        assertEquals(
                RefusedException.Reason.NO_SUCH_MESSAGE,
                refused(rooms.amend(other, change(ANN, Kind.EDIT, sent.id()))).reason());
        assertEquals(
                RefusedException.Reason.NO_SUCH_MESSAGE,
                refused(rooms.message(other, sent.id())).reason());
        assertEquals(sent, done(rooms.message(HALL, sent.id())));
    }
}
