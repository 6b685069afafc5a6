package veche.bench.load;

import java.io.IOException;

/**
 * As much as the server can: each sender says its next when its own comes back. Latency is that of the senders' own
 * messages.
 */
final class ClosedLoop extends Conversation {
    private final int inFlight;

    /** The {@code number}th conversation of the scenario, with so many messages of each room under way at once. */
    ClosedLoop(Scenario scenario, int number, int inFlight) {
        super(scenario, Window.Unit.DELIVERY, number);
        this.inFlight = inFlight;
    }

    @Override
    void begin(Crowd crowd) throws IOException {
        for (Room room : crowd.rooms()) {
            var senders = room.senders(scenario.senders());
            for (int i = 0; i < inFlight; i++) {
                say(senders.get(i % senders.size()), now());
            }
            for (Client sender : senders) {
                sender.flush();
            }
        }
    }

    @Override
    void talk(Crowd crowd, long nanos) throws IOException {
        crowd.run(nanos);
    }

    @Override
    public void delivery(Client client, byte[] bytes, int at) {
        if (!isOurs(bytes, at)) {
            return;
        }
        count(client);
        if (client.said > 0 && ChatText.sender(bytes, at) == client.id) {
            note(bytes, at);
            say(client, now());
        }
    }
}
