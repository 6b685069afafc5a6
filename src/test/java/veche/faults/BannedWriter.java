package veche.faults;

import java.io.IOException;

/** Sends messages without end, on one node after the other, until it is banned and beyond. */
final class BannedWriter extends WampClient {
    private static final int PAUSE_MILLIS = 50;

    private int count;

    BannedWriter(FaultLoad load, String user) {
        super(load, user);
    }

    @Override
    void session(WampLink connection, int node) throws IOException, InterruptedException {
        for (int i = 0; i < 20 && connection.isOpen() && !hasEnded(); i++) {
            String room = load().rooms().get(random().nextInt(load().rooms().size()));
            String key = user() + "-" + ++count;
            long attempt = history().attempt(key, user(), room, connection.name(), node);
            connection
                    .call("veche.send", "[\"" + room + "\",\"" + key + "\"]")
                    .thenAccept(answer -> RoomWriter.record(history(), attempt, answer));
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
