package veche.bench.load;

import java.io.IOException;

/**
 * Measures the maximum throughput: each sender sends its next message when it receives its previous one. The latency is
 * that of the senders' own messages.
 */
final class ClosedLoop extends MessageLoop {
    private final int inFlight;

    /** The {@code number}th loop of the scenario, with {@code inFlight} messages of each room pending. */
    ClosedLoop(Scenario scenario, int number, int inFlight) {
        super(scenario, Window.Unit.DELIVERY, number);
        this.inFlight = inFlight;
    }

    @Override
    void begin(ClientPool pool) throws IOException {
        for (Room room : pool.rooms()) {
            var senders = room.senders(scenario.senders());
            for (int i = 0; i < inFlight; i++) {
                send(senders.get(i % senders.size()), now());
            }
            for (Client sender : senders) {
                sender.flush();
            }
        }
    }

    @Override
    void proceed(ClientPool pool, long nanos) throws IOException {
        pool.run(nanos);
    }

    @Override
    public void delivery(Client client, byte[] bytes, int at) {
        if (!isOurs(bytes, at)) {
            return;
        }
        count(client);
        if (client.sent > 0 && ChatText.sender(bytes, at) == client.id) {
            record(bytes, at);
            send(client, now());
        }
    }
}
