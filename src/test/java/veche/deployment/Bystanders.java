package veche.deployment;

import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import veche.testing.TextClient;

/** Well-behaved clients in a room of their own, which must receive every message while others attack the server. */
final class Bystanders implements AutoCloseable {
    private static final int COUNT = 100;

    private final List<TextClient> clients;
    private int messages;

    Bystanders(URI room) {
        clients = IntStream.range(0, COUNT).mapToObj(i -> new TextClient(room)).toList();
        assertUndisturbed();
    }

    /** Sends a message, which all must receive. */
    void assertUndisturbed() {
        String text = "message " + ++messages;
        clients.get(messages % COUNT).send(text);
        clients.forEach(client -> client.awaitText(text));
    }

    @Override
    public void close() {
        clients.forEach(TextClient::close);
    }
}
