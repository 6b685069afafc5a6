package veche.bench.load;

import java.io.IOException;

/**
 * As much as the server can: each sender says its next when its own comes back. Latency is that of the senders' own
 * messages.
 */
final class ClosedLoop extends Conversation {
    ClosedLoop(Scenario scenario) {
        super(scenario);
    }

    @Override
    void begin(Crowd crowd) throws IOException {
        for (Room room : crowd.rooms()) {
            var senders = room.senders(scenario.senders());
            for (int i = 0; i < scenario.inFlight(); i++) {
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
        if (ChatText.kind(bytes, at) != ChatText.MESSAGE) {
            return;
        }
        count(client);
        if (client.said > 0 && ChatText.sender(bytes, at) == client.id) {
            note(bytes, at);
            say(client, now());
        }
    }
}
