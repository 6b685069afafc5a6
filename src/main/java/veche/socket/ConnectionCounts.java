package veche.socket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import veche.dialect.HandshakeInfo;
import veche.socket.handshake.ClientAddress;

/** The numbers of open connections by client address and by user. Thread-safe. */
final class ConnectionCounts {
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final Map<String, Integer> byUser = new ConcurrentHashMap<>();

    void add(HandshakeInfo handshake) {
        byAddress.merge(ClientAddress.subscriber(handshake.remoteAddress()), 1, Integer::sum);
        byUser.merge(handshake.author().id(), 1, Integer::sum);
    }

    void remove(HandshakeInfo handshake) {
        decrement(byAddress, ClientAddress.subscriber(handshake.remoteAddress()));
        decrement(byUser, handshake.author().id());
    }

    private static void decrement(Map<String, Integer> counts, String key) {
        counts.computeIfPresent(key, (unchanged, count) -> count == 1 ? null : count - 1);
    }

    /** @param address an address, or another one of the same {@code /64} network */
    int ofAddress(String address) {
        return byAddress.getOrDefault(ClientAddress.subscriber(address), 0);
    }

    int ofUser(String author) {
        return byUser.getOrDefault(author, 0);
    }
}
