package veche.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A fixed rate, whatever the server does: latency counts from the moment when a message was due, at every client, so
 * that a stall is not hidden by senders that wait for it ("coordinated omission").
 */
final class OpenLoop extends Conversation {
    private static final double SECOND = 1e9;
    private static final long MARGIN = 1_000_000;

    private final List<Client> senders = new ArrayList<>();
    private final double interval;
    private double due;
    private int turn;

    OpenLoop(Scenario scenario) {
        super(scenario, Window.Unit.DELIVERY, 0);
        interval = SECOND / scenario.rate();
    }

    @Override
    void begin(Crowd crowd) {
        for (Room room : crowd.rooms()) {
            senders.addAll(room.senders(scenario.senders()));
        }
        due = now();
    }

    @Override
    void talk(Crowd crowd, long nanos) throws IOException {
        long end = now() + nanos;
        for (long now = now(); now < end; now = now()) {
            while (due <= now) {
                Client sender = senders.get(turn++ % senders.size());
                say(sender, (long) due);
                sender.flush();
                due += interval;
            }
            crowd.turn((long) due - now() - MARGIN);
        }
    }

    @Override
    public void delivery(Client client, byte[] bytes, int at) {
        if (isOurs(bytes, at)) {
            count(client);
            note(bytes, at);
        }
    }
}
