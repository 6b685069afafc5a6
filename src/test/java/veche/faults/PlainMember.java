package veche.faults;

import java.io.IOException;

/** Reads and writes the plain texts of one room, on one node after the other. */
final class PlainMember extends SocketClient {
    private static final int PAUSE_MILLIS = 100;
    private static final int STAY = 150;

    private final String room;
    private int count;

    PlainMember(FaultLoad load, String user, String room) {
        super(load, user, "");
        this.room = room;
    }

    @Override
    String query() {
        return "room=" + room;
    }

    @Override
    void session(TextLink connection, int node) throws IOException, InterruptedException {
        for (int i = 0; i < STAY && connection.isOpen() && !hasEnded(); i++) {
            String key = user() + "-" + ++count;
            history().attempt(key, user(), room, connection.name(), node);
            connection.send(key);
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    @Override
    void received(TextLink connection, String text) {
        history().add(new Observation.ReceivedText(connection.name(), room, text, System.nanoTime()));
    }
}
