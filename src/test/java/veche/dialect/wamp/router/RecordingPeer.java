package veche.dialect.wamp.router;

import java.util.List;
import java.util.Map;
import veche.dialect.wamp.message.WampMessage;

/** Records the messages that are sent to a session. */
record RecordingPeer(List<WampMessage> sent) implements Peer {
    @Override
    public void send(WampMessage message) {
        sent.add(message);
    }

    @Override
    public void deliver(Delivery delivery) {
        throw new AssertionError("No event was expected");
    }

    @Override
    public String connection() {
        return "test";
    }

    @Override
    public void expel(String reason, Map<String, Object> details) {
        throw new AssertionError(reason);
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
