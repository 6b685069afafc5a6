package veche.operation;

import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.RESULT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import veche.testing.RawClient;
import veche.testing.Token;

/** Sends one message after the other, each until it is acknowledged, on the next node if one ends. Thread-safe. */
final class PersistentSender {
    private final List<URI> nodes;
    private final String room;
    private final CompletableFuture<Integer> sent;
    private volatile boolean ended;
    private int node;

    PersistentSender(List<URI> nodes, String room) {
        this.nodes = nodes;
        this.room = room;
        this.sent = CompletableFuture.supplyAsync(this::run);
    }

    /** Ends after the message that is being sent; returns how many were acknowledged, whose texts are 0, 1, 2 … */
    int end() {
        ended = true;
        return sent.join();
    }

    private int run() {
        int next = 0;
        while (!ended) {
            try (RawClient client = connect()) {
                while (!ended) {
                    send(client, next);
                    next++;
                }
            } catch (IOException | UncheckedIOException failed) {
                node++;
            }
        }
        return next;
    }

    private RawClient connect() throws IOException {
        URI chat = URI.create(nodes.get(node % nodes.size()) + "/chat?access_token=" + Token.of("sender", "Sender"));
        RawClient client = new RawClient(chat, "Sec-WebSocket-Protocol: wamp.2.json");
        if (!client.response().contains(" 101 ")) {
            client.close();
            throw new IOException("refused");
        }
        client.send("[" + HELLO + ",\"veche\",{\"roles\":{\"caller\":{}}}]");
        client.nextText();
        return client;
    }

    private void send(RawClient client, int message) throws IOException {
        client.send("[" + CALL + "," + (message + 1) + ",{},\"veche.send\",[\"" + room + "\",\"" + message
                + "\"],{\"key\":\"" + message + "\"}]");
        String result = client.nextText();
        if (!result.startsWith("[" + RESULT + ",")) {
            throw new IOException(result);
        }
    }
}
