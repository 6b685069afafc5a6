package veche.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import veche.dialect.HandshakeInfo;
import veche.room.Author;
import veche.room.User;
import veche.room.cluster.Backbone;
import veche.room.cluster.NodeId;

class ClusterCountsTest {
    private static final HandshakeInfo ANN = handshake("ann", "203.0.113.7");
    private static final HandshakeInfo BOB = handshake("bob", "203.0.113.7");

    private final Map<NodeId, Node> nodes = new LinkedHashMap<>();

    private static HandshakeInfo handshake(String author, String address) {
        User user = new User(
                new Author(author, author), List.of(), Optional.empty(), Optional.empty(), User.Provider.TOKEN);
        return new HandshakeInfo(
                "", user, URI.create("ws://site.com/chat"), Map.of(), Map.of(), address, List.of(Locale.ENGLISH));
    }

    /** A node whose parcels are delivered at once. */
    private final class Node implements Backbone {
        private final NodeId id;
        private final SessionRegistry registry = new SessionRegistry();
        private final ClusterCounts cluster = ClusterCounts.connect(this, registry);
        private int sent;

        Node(String name) {
            id = new NodeId(new UUID(0, name.hashCode()), name);
            List<Node> present = List.copyOf(nodes.values());
            nodes.put(id, this);
            present.forEach(other -> {
                other.cluster.joined(id);
                cluster.joined(other.id);
            });
        }

        void connect(HandshakeInfo handshake, int times) {
            for (int i = 0; i < times; i++) {
                registry.counts().add(handshake);
            }
            cluster.report();
        }

        void disconnect(HandshakeInfo handshake, int times) {
            for (int i = 0; i < times; i++) {
                registry.counts().remove(handshake);
            }
            cluster.report();
        }

        @Override
        public void listen(Listener listener) {
            // Called directly.
        }

        @Override
        public Set<NodeId> others() {
            return nodes.keySet().stream().filter(node -> !node.equals(id)).collect(Collectors.toSet());
        }

        @Override
        public void send(NodeId to, byte[] parcel) {
            sent++;
            nodes.get(to).cluster.received(id, parcel);
        }

        @Override
        public void close() {
            nodes.remove(id);
            nodes.values().forEach(other -> other.cluster.lost(id));
        }
    }

    @Test
    void theConnectionsOfAUserAndOfAnAddressToAllNodesAreCounted() {
        Node first = new Node("first");
        Node second = new Node("second");
        first.connect(ANN, 3);
        second.connect(ANN, 2);
        second.connect(BOB, 2);
        assertEquals(5, first.registry.counts().ofUser("ann"));
        assertEquals(7, first.registry.counts().ofSubscriber("203.0.113.7"));
        assertEquals(5, second.registry.counts().ofUser("ann"));
        first.disconnect(ANN, 2);
        assertEquals(2, second.registry.counts().ofUser("ann"), "one connection to another node is not counted");
        first.disconnect(ANN, 1);
        second.disconnect(ANN, 2);
        assertEquals(0, first.registry.counts().ofUser("ann"));
        assertEquals(2, first.registry.counts().ofSubscriber("203.0.113.7"));
    }

    @Test
    void aNodeThatJoinsLearnsTheNumbersAndThoseOfALostOneAreForgotten() {
        Node first = new Node("first");
        first.connect(ANN, 4);
        Node second = new Node("second");
        assertEquals(4, second.registry.counts().ofUser("ann"));
        first.close();
        assertEquals(0, second.registry.counts().ofUser("ann"));
    }

    @Test
    void numbersThatAreSentAgainReplaceWhatWasLost() {
        Node first = new Node("first");
        first.connect(ANN, 4);
        Node second = new Node("second");
        first.registry.counts().remove(ANN);
        first.registry.counts().remove(ANN);
        first.registry.counts().remove(ANN);
        first.registry.counts().takeChanged((key, count) -> {}); // as if the parcel was lost
        first.cluster.joined(second.id);
        assertEquals(0, second.registry.counts().ofUser("ann"));
    }

    @Test
    void singleConnectionsCauseNoTraffic() {
        Node first = new Node("first");
        new Node("second");
        int before = first.sent;
        first.connect(handshake("ann", "203.0.113.1"), 1);
        first.disconnect(handshake("ann", "203.0.113.1"), 1);
        assertEquals(before, first.sent);
    }

    @Test
    void manyNumbersAreSentInSeveralParcels() {
        Node first = new Node("first");
        Node second = new Node("second");
        for (int i = 0; i < 1_500; i++) {
            first.registry.counts().add(handshake("user" + i, "198.51.100." + i % 250));
            first.registry.counts().add(handshake("user" + i, "198.51.100." + i % 250));
        }
        int before = first.sent;
        first.cluster.report();
        assertEquals(2, first.sent - before);
        assertEquals(2, second.registry.counts().ofUser("user1499"));
        Node third = new Node("third");
        assertEquals(2, third.registry.counts().ofUser("user1499"));
    }

    @Test
    void parcelsOfOtherVersionsAreIgnored() {
        assertEquals(Optional.empty(), CountParcel.decode(new byte[] {2, 1}));
        CountParcel parcel = new CountParcel(true, Map.of("u ann", 3));
        assertEquals(Optional.of(parcel), CountParcel.decode(parcel.encode()));
    }
}
