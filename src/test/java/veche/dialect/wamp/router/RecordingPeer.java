package veche.dialect.wamp.router;

import java.util.List;
import veche.dialect.Client.Following;
import veche.dialect.wamp.message.WampMessage;
import veche.room.Room;

/** Keeps what a session is told. */
record RecordingPeer(List<WampMessage> told) implements Peer {
    @Override
    public void tell(WampMessage message) {
        told.add(message);
    }

    @Override
    public void hear(Delivery delivery) {
        throw new AssertionError("No event was expected");
    }

    @Override
    public Following follow(Room room, long after, Session session, Subscription subscription, boolean resuming) {
        throw new AssertionError("No room was expected");
    }

    @Override
    public String connection() {
        return "test";
    }

    @Override
    public void eject(veche.room.Ejection ejection) {
        throw new AssertionError(ejection);
    }

    @Override
    public void fail(Throwable cause) {
        throw new AssertionError(cause);
    }

    @Override
    public void end(String reason, String text) {
        throw new AssertionError(reason);
    }
}
