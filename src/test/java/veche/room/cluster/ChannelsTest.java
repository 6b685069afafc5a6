package veche.room.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChannelsTest {
    private static final NodeId OTHER = new NodeId(new UUID(0, 1), "other");

    private final List<String> received = new ArrayList<>();

    /** Records what is sent, and keeps the listener. */
    private static final class Recorder implements Backbone {
        private final List<byte[]> sent = new ArrayList<>();
        private Listener listener;

        @Override
        public void listen(Listener added) {
            listener = added;
        }

        @Override
        public Set<NodeId> others() {
            return Set.of(OTHER);
        }

        @Override
        public void send(NodeId to, byte[] parcel) {
            sent.add(parcel);
        }

        @Override
        public void close() {}
    }

    /** A listener whose calls are recorded under that name. */
    private Backbone.Listener named(String name) {
        return new Backbone.Listener() {
            @Override
            public void joined(NodeId node) {
                received.add(name + " joined");
            }

            @Override
            public void lost(NodeId node) {
                received.add(name + " lost");
            }

            @Override
            public void received(NodeId from, byte[] parcel) {
                if (parcel.length == 0) {
                    throw new IllegalArgumentException("as a defect of a listener");
                }
                received.add(name + " " + parcel[0]);
            }
        };
    }

    @Test
    void aParcelReachesTheListenerOfItsChannel() {
        Recorder backbone = new Recorder();
        Channels channels = new Channels(backbone);
        channels.channel((byte) 'a').listen(named("a"));
        Backbone b = channels.channel((byte) 'b');
        b.listen(named("b"));
        channels.open();
        b.broadcast(() -> new byte[] {7});
        backbone.sent.forEach(parcel -> backbone.listener.received(OTHER, parcel));
        assertEquals(List.of("b 7"), received);
    }

    @Test
    void parcelsOfChannelsThatOnlyALaterVersionKnowsAreIgnored() {
        Recorder backbone = new Recorder();
        Channels channels = new Channels(backbone);
        channels.channel((byte) 'a').listen(named("a"));
        channels.open();
        backbone.listener.received(OTHER, new byte[] {'z', 1});
        backbone.listener.received(OTHER, new byte[0]);
        backbone.listener.received(OTHER, new byte[] {'a'}); // its listener throws
        backbone.listener.received(OTHER, new byte[] {'a', 1});
        assertEquals(List.of("a 1"), received);
    }
}
