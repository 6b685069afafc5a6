package veche.room.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every backbone of several nodes does. */
public abstract class BackboneContract {
    private static final int THREADS = 4;

    private final List<Backbone> opened = new ArrayList<>();
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

    /**
     * A backbone that has not joined yet.
     *
     * @param suspended while true, the node reaches no other, as if its process were suspended
     * @param factory creates all threads of the backbone
     */
    protected abstract Backbone create(String name, AtomicBoolean suspended, ThreadFactory factory);

    /** Called for the first node with the second one in its view; waits until parcels take the usual way. */
    protected void awaitRoute(Backbone backbone) {
        // There is one way only.
    }

    @AfterEach
    protected void close() {
        opened.forEach(Backbone::close);
    }

    /** A node whose backbone is closed after the test. */
    protected final Backbone join(String name, RecordingNode node, AtomicBoolean suspended) {
        return join(create(name, suspended, this::thread), node);
    }

    protected final Backbone join(String name, RecordingNode node) {
        return join(name, node, new AtomicBoolean());
    }

    protected final Backbone join(Backbone backbone, RecordingNode node) {
        opened.add(backbone);
        backbone.listen(node);
        return backbone;
    }

    protected final Thread thread(Runnable task) {
        Thread thread = new Thread(task);
        threads.add(thread);
        return thread;
    }

    protected final void awaitOther(Backbone backbone) {
        awaitOthers(backbone, 1);
        awaitRoute(backbone);
    }

    private static void awaitOthers(Backbone backbone, int count) {
        await().until(() -> backbone.others().size() == count);
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    protected static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    @Test
    void parcelsArriveInBothDirections() {
        RecordingNode first = new RecordingNode();
        RecordingNode second = new RecordingNode();
        Backbone one = join("first", first);
        Backbone other = join("second", second);
        awaitOther(one);
        awaitOther(other);
        one.send(one.others().iterator().next(), bytes("there"));
        other.send(other.others().iterator().next(), bytes("back"));
        await().until(() -> second.texts().equals(List.of("there")));
        await().until(() -> first.texts().equals(List.of("back")));
    }

    @Test
    void manyParcelsArriveInTheirOrder() {
        RecordingNode second = new RecordingNode();
        Backbone sender = join("first", new RecordingNode());
        join("second", second);
        awaitOther(sender);
        List<String> texts = texts(5_000);
        texts.forEach(text -> sender.broadcast(() -> bytes(text)));
        await().until(() -> second.parcels().size() >= texts.size());
        assertEquals(texts, second.texts());
    }

    @Test
    void parcelsOfEachThreadKeepTheirOrderAndCallsDoNotOverlap() throws InterruptedException {
        RecordingNode second = new RecordingNode();
        Backbone sender = join("first", new RecordingNode());
        join("second", second);
        awaitOther(sender);
        List<String> texts = texts(500);
        List<Thread> senders = IntStream.range(0, THREADS)
                .mapToObj(i -> new Thread(() -> texts.forEach(text -> sender.broadcast(() -> bytes(i + " " + text)))))
                .toList();
        senders.forEach(Thread::start);
        for (Thread each : senders) {
            each.join();
        }
        await().until(() -> second.parcels().size() >= THREADS * texts.size());
        List<String> received = second.texts();
        for (int i = 0; i < THREADS; i++) {
            String prefix = i + " ";
            assertEquals(
                    texts,
                    received.stream()
                            .filter(text -> text.startsWith(prefix))
                            .map(text -> text.substring(prefix.length()))
                            .toList());
        }
        assertFalse(second.overlapped());
    }

    @Test
    void aBroadcastReachesAllOtherNodesButNotItsSender() {
        List<RecordingNode> nodes = List.of(new RecordingNode(), new RecordingNode(), new RecordingNode());
        List<Backbone> backbones =
                nodes.stream().map(node -> join("node", node)).toList();
        backbones.forEach(backbone -> awaitOthers(backbone, 2));
        backbones.get(0).broadcast(() -> bytes("all"));
        backbones.get(1).broadcast(() -> bytes("from the second"));
        await().until(() -> nodes.get(2).parcels().size() == 2);
        await().until(() -> nodes.get(1).texts().equals(List.of("all")));
        await().until(() -> nodes.get(0).texts().equals(List.of("from the second")));
    }

    @Test
    void aNodeThatIsAloneEncodesNothing() {
        AtomicBoolean encoded = new AtomicBoolean();
        Backbone alone = join("alone", new RecordingNode());
        alone.broadcast(() -> {
            encoded.set(true);
            return bytes("to nobody");
        });
        assertFalse(encoded.get());
    }

    @Test
    void parcelsMayBeLargeOrEmpty() {
        RecordingNode second = new RecordingNode();
        Backbone sender = join("first", new RecordingNode());
        join("second", second);
        awaitOther(sender);
        byte[] large = new byte[1 << 20];
        large[large.length - 1] = 1;
        sender.broadcast(() -> bytes("before"));
        sender.broadcast(() -> large);
        sender.broadcast(() -> new byte[0]);
        await().until(() -> second.parcels().size() == 3);
        assertArrayEquals(large, second.parcels().get(1));
        assertEquals(0, second.parcels().get(2).length);
    }

    @Test
    void parcelsThatExceedTheLimitAreReplacedByTheState() {
        RecordingNode first = new RecordingNode();
        RecordingNode second = new RecordingNode();
        Backbone sender = join("first", first);
        join("second", second);
        awaitOther(sender);
        await().until(() -> first.joined().size() == 1);
        List<String> texts = texts(40);
        String filler = "x".repeat(1 << 20);
        texts.forEach(text -> sender.broadcast(() -> bytes(text + " " + filler)));
        await().until(() -> first.joined().size() > 1 || second.parcels().size() == texts.size());
        await().until(() -> {
            sender.broadcast(() -> bytes("later "));
            return second.parcels().stream().anyMatch(parcel -> parcel.length < 10);
        });
        List<String> received = second.texts().stream()
                .map(text -> text.split(" ")[0])
                .distinct()
                .toList();
        List<String> sent = new ArrayList<>(texts);
        sent.add("later");
        sent.retainAll(received);
        assertEquals(sent, received);
    }

    @Test
    void aParcelForAnUnknownNodeHasNoEffect() {
        RecordingNode second = new RecordingNode();
        Backbone sender = join("first", new RecordingNode());
        join("second", second);
        awaitOther(sender);
        sender.send(new NodeId(UUID.randomUUID(), "unknown"), bytes("to nobody"));
        sender.broadcast(() -> bytes("to all"));
        await().until(() -> second.texts().equals(List.of("to all")));
    }

    @Test
    void aNodeThatEndsIsLost() {
        RecordingNode first = new RecordingNode();
        join("first", first);
        Backbone second = join("second", new RecordingNode());
        await().until(() -> first.joined().size() == 1);
        second.close();
        await().until(() -> first.lost().equals(first.joined()));
    }

    @Test
    void aNodeThatWasSuspendedIsLostAndJoinsAnew() {
        RecordingNode first = new RecordingNode();
        RecordingNode second = new RecordingNode();
        Backbone patient = join("first", first);
        AtomicBoolean suspension = new AtomicBoolean();
        Backbone suspended = join("second", second, suspension);
        awaitOther(patient);
        awaitOther(suspended);
        suspension.set(true);
        await().until(() -> first.lost().size() == 1);
        suspension.set(false);
        await().until(() -> first.joined().size() >= 2);
        assertNotEquals(first.joined().get(0), first.joined().get(first.joined().size() - 1));
        await().until(() -> second.lost().size() == 1 && suspended.others().size() == 1);
        suspended.broadcast(() -> bytes("again"));
        await().until(() -> first.texts().equals(List.of("again")));
        patient.broadcast(() -> bytes("answer"));
        await().until(() -> second.texts().equals(List.of("answer")));
    }

    @Test
    void allThreadsEndWithTheBackbone() {
        Backbone first = join("first", new RecordingNode());
        Backbone second = join("second", new RecordingNode());
        awaitOther(first);
        first.close();
        second.close();
        assertTrue(threads.stream().noneMatch(Thread::isAlive));
    }
}
