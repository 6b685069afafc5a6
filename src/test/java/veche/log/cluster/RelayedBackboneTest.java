package veche.log.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.log.Postgres;
import veche.room.cluster.Backbone;
import veche.room.cluster.BackboneContract;
import veche.room.cluster.RecordingNode;

/** A backbone with any relay: what is lost, late, repeated or out of order on it is not so for the listener. */
class RelayedBackboneTest extends BackboneContract {
    private static final PostgresqlBackbone.Timing FAST =
            new PostgresqlBackbone.Timing(Duration.ofMillis(50), Duration.ofSeconds(2), Duration.ofMillis(20));

    private final FaultyRelays relays = new FaultyRelays();

    @BeforeAll
    static void createTables() {
        Logs.postgresql(Postgres.url(), "postgres", "", LogLimits.DEFAULT).close();
    }

    @Override
    protected Backbone create(String name, AtomicBoolean suspended, ThreadFactory factory) {
        return create(name, suspended, factory, relays.relay(false));
    }

    private static Backbone create(String name, AtomicBoolean suspended, ThreadFactory factory, ParcelRelay relay) {
        return new PostgresqlBackbone(SuspendableDatabase.of(suspended), Wakeup.NONE, relay, FAST, factory, name);
    }

    @Override
    protected void awaitRoute(Backbone backbone) {
        awaitRelayed(backbone, 1);
    }

    private static void awaitRelayed(Backbone backbone, int nodes) {
        await().until(() -> backbone.status().relayed() == nodes);
    }

    @Test
    void theDatabaseIsNotUsedForParcelsWhileTheRelayWorks() {
        RecordingNode second = new RecordingNode();
        AtomicBoolean suspended = new AtomicBoolean();
        Backbone sender = join("first", new RecordingNode(), suspended);
        join("second", second);
        awaitOther(sender);
        suspended.set(true);
        sender.broadcast(() -> bytes("relayed"));
        await().until(() -> second.texts().equals(List.of("relayed")));
    }

    @Test
    void whatASilentRelayHasLostIsMailed() {
        RecordingNode first = new RecordingNode();
        RecordingNode second = new RecordingNode();
        Backbone sender = join("first", first);
        join("second", second);
        awaitOther(sender);
        List<String> texts = texts(900);
        texts.subList(0, 300).forEach(text -> sender.broadcast(() -> bytes(text)));
        relays.drop(true);
        texts.subList(300, 600).forEach(text -> sender.broadcast(() -> bytes(text)));
        awaitRelayed(sender, 0);
        texts.subList(600, 900).forEach(text -> sender.broadcast(() -> bytes(text)));
        await().until(() -> second.parcels().size() >= texts.size());
        assertEquals(texts, second.texts());
        assertEquals(Set.copyOf(first.joined()).size(), first.joined().size());
        assertEquals(0, sender.status().losses());
        relays.drop(false);
        awaitRelayed(sender, 1);
    }

    @Test
    void whatASuspendedRelayDeliversLaterIsIgnored() {
        RecordingNode second = new RecordingNode();
        Backbone sender = join("first", new RecordingNode());
        join("second", second);
        awaitOther(sender);
        List<String> texts = texts(300);
        relays.hold();
        texts.subList(0, 100).forEach(text -> sender.broadcast(() -> bytes(text)));
        await().until(() -> second.parcels().size() == 100);
        texts.subList(100, 200).forEach(text -> sender.broadcast(() -> bytes(text)));
        relays.resume();
        awaitRelayed(sender, 1);
        texts.subList(200, 300).forEach(text -> sender.broadcast(() -> bytes(text)));
        await().until(() -> second.parcels().size() >= texts.size());
        assertEquals(texts, second.texts());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.02, 0.3})
    void parcelsArriveOnceAndInTheirOrderOverAnUnreliableRelay(double faults) throws InterruptedException {
        RecordingNode second = new RecordingNode();
        Backbone sender = join("first", new RecordingNode());
        join("second", second);
        awaitOther(sender);
        relays.fault(faults);
        List<String> texts = texts(3_000);
        for (String text : texts) {
            sender.broadcast(() -> bytes(text));
            Thread.yield();
        }
        await().until(() -> second.parcels().size() >= texts.size());
        assertEquals(texts, second.texts());
        assertEquals(0, sender.status().losses());
    }

    @Test
    void aRelayThatWorksInOneDirectionIsNotUsed() {
        RecordingNode first = new RecordingNode();
        RecordingNode second = new RecordingNode();
        Backbone one = join("first", first);
        Backbone other = join(create("second", new AtomicBoolean(), this::thread, relays.relay(true)), second);
        await().until(() -> one.others().size() == 1 && other.others().size() == 1);
        one.broadcast(() -> bytes("there"));
        other.broadcast(() -> bytes("back"));
        await().until(() -> second.texts().equals(List.of("there")));
        await().until(() -> first.texts().equals(List.of("back")));
        assertEquals(0, one.status().relayed() + other.status().relayed());
    }

    @Test
    void malformedDatagramsAreIgnored() {
        RecordingNode second = new RecordingNode();
        ParcelRelay stranger = relays.relay(false);
        Backbone sender = join("first", new RecordingNode());
        join("second", second);
        awaitOther(sender);
        sender.others().forEach(node -> {
            stranger.send(node.incarnation(), new byte[] {1});
            stranger.send(node.incarnation(), new byte[] {9, 9, 9});
            stranger.send(node.incarnation(), new byte[40]);
        });
        sender.broadcast(() -> bytes("well-formed"));
        await().until(() -> second.texts().equals(List.of("well-formed")));
    }
}
