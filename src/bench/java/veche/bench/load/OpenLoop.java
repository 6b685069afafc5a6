package veche.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends at a fixed rate. The latency at every client is measured from the time at which the message was due, so that
 * senders delayed by a stall do not hide it ("coordinated omission").
 */
final class OpenLoop extends MessageLoop {
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
    void begin(ClientPool pool) {
        for (Room room : pool.rooms()) {
            senders.addAll(room.senders(scenario.senders()));
        }
        due = now();
    }

    @Override
    void proceed(ClientPool pool, long nanos) throws IOException {
        long end = now() + nanos;
        for (long now = now(); now < end; now = now()) {
            while (due <= now) {
                Client sender = senders.get(turn++ % senders.size());
                send(sender, (long) due);
                sender.flush();
                due += interval;
            }
            pool.turn((long) due - now() - MARGIN);
        }
    }

    @Override
    public void delivery(Client client, byte[] bytes, int at) {
        if (isOurs(bytes, at)) {
            count(client);
            record(bytes, at);
        }
    }
}
