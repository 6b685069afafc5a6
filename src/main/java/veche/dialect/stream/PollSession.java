package veche.dialect.stream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Frame;
import veche.dialect.HandshakeInfo;
import veche.dialect.MessageEncoder;
import veche.room.Message;
import veche.room.Position;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.Rooms;

/** Answers with the messages after a position, and can wait for the first one if there is none. */
final class PollSession extends StreamSession {
    private static final int PAGE_SIZE = 1_000;

    private final Duration wait;

    /** @param wait how long to wait; zero to answer at once */
    PollSession(
            Client client,
            HandshakeInfo handshake,
            Rooms rooms,
            RoomName room,
            From from,
            Duration wait,
            StreamResponse response) {
        super(client, handshake, rooms, response);
        this.wait = wait;
        open(room, from);
    }

    @Override
    void begin(Start start) {
        if (start.isAtTail() && !wait.isZero()) {
            response().begin(start.position());
            client().closeAfter(wait, CloseCode.NORMAL, "");
            client().follow(start.room(), start.resumption().after(), new Answers(start.room()), this);
        } else {
            read(start).whenComplete(this::answer);
        }
    }

    private static CompletionStage<Optional<Page>> read(Start start) {
        return start.isAtTail()
                ? CompletableFuture.completedFuture(Optional.of(Page.empty(start.position())))
                : start.room()
                        .after(start.resumption().after(), PAGE_SIZE)
                        .thenApply(messages -> Optional.of(Page.of(start, messages)));
    }

    private void answer(Optional<Page> page, @Nullable Throwable failure) {
        if (failure == null) {
            answer(page);
        } else {
            client().fail(failure);
        }
    }

    /** Encodes messages as the offset after the last one, whether there are no later ones, and a JSON array, in lines. */
    private record Answers(Room room) implements MessageEncoder {
        @Override
        public Frame encode(Message message) {
            return MessageArray.element(message);
        }

        @Override
        public List<Frame> batch(List<Frame> frames) {
            MessageArray array = MessageArray.of(frames);
            String next = Offsets.format(new Position(room.end().epoch(), array.last()));
            return List.of(new Frame.Text(next + "\n" + (array.last() == room.tail()) + "\n" + array.json()));
        }
    }
}
