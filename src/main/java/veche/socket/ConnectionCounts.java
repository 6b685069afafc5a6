package veche.socket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import veche.dialect.HandshakeInfo;
import veche.socket.handshake.ClientAddress;

/** The numbers of open connections by client address and by user. Thread-safe. */
final class ConnectionCounts {
    private final Map<String, Integer> bySubscriber = new ConcurrentHashMap<>();
    private final Map<String, Integer> byUser = new ConcurrentHashMap<>();

    void add(HandshakeInfo handshake) {
        bySubscriber.merge(ClientAddress.subscriber(handshake.remoteAddress()), 1, Integer::sum);
        byUser.merge(handshake.author().id(), 1, Integer::sum);
    }

    void remove(HandshakeInfo handshake) {
        decrement(bySubscriber, ClientAddress.subscriber(handshake.remoteAddress()));
        decrement(byUser, handshake.author().id());
    }

    private static void decrement(Map<String, Integer> counts, String key) {
        counts.computeIfPresent(key, (unchanged, count) -> count == 1 ? null : count - 1);
    }

    /** @param subscriber the key of {@link ClientAddress#subscriber} */
    int ofSubscriber(String subscriber) {
        return bySubscriber.getOrDefault(subscriber, 0);
    }

    int ofUser(String author) {
        return byUser.getOrDefault(author, 0);
    }
}
