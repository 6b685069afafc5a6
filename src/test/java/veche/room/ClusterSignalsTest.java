package veche.room;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import veche.room.cluster.Backbone;
import veche.room.cluster.NodeId;
import veche.testing.Property;

class ClusterSignalsTest {
    private static final RoomName HALL = new RoomName("hall");
    private static final RoomName ATTIC = new RoomName("attic");
    private static final Author ANN = new Author("user:ann", "Ann");
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Author BOB = new Author("user:bob", "Боб");

    private final Map<NodeId, Node> nodes = new LinkedHashMap<>();

    /** A node whose parcels are delivered at once, unless they are withheld. */
    private final class Node implements Backbone {
        private final NodeId id;
        private final List<String> signals = new ArrayList<>();
        private final ClusterSignals shared = new ClusterSignals(
                this,
                (room, signal) -> signals.add(signal.getClass().getSimpleName() + " "
                        + signal.author().name() + " " + room));
        private boolean losing;

        Node(String name) {
            id = new NodeId(new UUID(0, name.hashCode()), name);
            List<Node> present = List.copyOf(nodes.values());
            nodes.put(id, this);
            present.forEach(other -> {
                other.shared.joined(id);
                shared.joined(other.id);
            });
        }

        void end() {
            nodes.remove(id);
            nodes.values().forEach(other -> other.shared.lost(id));
        }

        List<Author> members(RoomName room) {
            return shared.presence().members(room, 100);
        }

        @Override
        public void listen(Listener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<NodeId> others() {
            return nodes.keySet().stream().filter(node -> !node.equals(id)).collect(Collectors.toSet());
        }

        @Override
        public void send(NodeId to, byte[] parcel) {
            if (!losing) {
                nodes.get(to).shared.received(id, parcel);
            }
        }

        @Override
        public void close() {
            end();
        }
    }

    @Test
    void aUserOfTwoNodesIsOneMemberUntilTheLastConnectionEnds() {
        Node first = new Node("first");
        Node second = new Node("second");
        Presence.Stay here = first.shared.presence().enter(HALL, ANN);
        Presence.Stay there = second.shared.presence().enter(HALL, ANN);
        assertEquals(List.of(ANN), first.members(HALL));
        assertEquals(List.of(ANN), second.members(HALL));
        here.end();
        assertEquals(List.of(ANN), first.members(HALL));
        there.end();
        assertEquals(List.of(), first.members(HALL));
        List<String> expected = List.of("Joined Ann hall", "Left Ann hall");
        assertEquals(List.of(expected, expected), List.of(first.signals, second.signals));
    }

    @Test
    void aNodeThatJoinsLearnsWhoIsPresent() {
        Node first = new Node("first");
        first.shared.presence().enter(HALL, ANN);
        first.shared.presence().enter(ATTIC, BOB);
        Node second = new Node("second");
        assertEquals(List.of(ANN), second.members(HALL));
        assertEquals(List.of(BOB), second.members(ATTIC));
    }

    @Test
    void theMembersOfALostNodeLeave() {
        Node first = new Node("first");
        Node second = new Node("second");
        second.shared.presence().enter(HALL, ANN);
        first.shared.presence().enter(HALL, BOB);
        second.end();
        assertEquals(List.of(BOB), first.members(HALL));
        assertEquals(List.of("Joined Ann hall", "Joined Боб hall", "Left Ann hall"), first.signals);
    }

    /** Has the departures of a node delayed; the map contains the tasks with their delays. */
    private static Map<Runnable, Duration> delayed(Node node) {
        Map<Runnable, Duration> tasks = new LinkedHashMap<>();
        node.shared.departures().delay(GRACE, tasks::put);
        return tasks;
    }

    private static void run(Map<Runnable, Duration> tasks) {
        tasks.keySet().forEach(Runnable::run);
    }

    @Test
    void aMemberOfALostNodeWhoReturnsToAnotherInTimeHasNeitherLeftNorJoined() {
        Node first = new Node("first");
        Node second = new Node("second");
        Map<Runnable, Duration> tasks = delayed(first);
        second.shared.presence().enter(HALL, ANN);
        second.shared.presence().enter(HALL, BOB);
        second.end();
        assertEquals(List.of(GRACE), List.copyOf(tasks.values()));
        first.shared.presence().enter(HALL, ANN);
        assertEquals(2, first.members(HALL).size());
        run(tasks);
        assertEquals(List.of(ANN), first.members(HALL));
        assertEquals(List.of("Joined Ann hall", "Joined Боб hall", "Left Боб hall"), first.signals);
    }

    @Test
    void theClientsOfANodeThatEndsHaveTimeToReconnect() {
        Node first = new Node("first");
        Node second = new Node("second");
        Map<Runnable, Duration> tasks = delayed(first);
        Map<Runnable, Duration> own = delayed(second);
        Presence.Stay stay = second.shared.presence().enter(HALL, ANN);
        second.shared.end(Duration.ofSeconds(10));
        second.shared.departures().interrupted(stay::end);
        assertEquals(Map.of(), own);
        second.end();
        assertEquals(List.of(GRACE.plusSeconds(10)), List.copyOf(tasks.values()));
        assertEquals(List.of(ANN), first.members(HALL));
        run(tasks);
        assertEquals(List.of("Joined Ann hall", "Left Ann hall"), first.signals);
    }

    @Test
    void theMembersOfANodeThatIsFoundAgainRemain() {
        Node first = new Node("first");
        Node second = new Node("second");
        Map<Runnable, Duration> tasks = delayed(first);
        second.shared.presence().enter(HALL, ANN);
        first.shared.lost(second.id);
        first.shared.joined(second.id);
        run(tasks);
        assertEquals(List.of(ANN), first.members(HALL));
        assertEquals(List.of("Joined Ann hall"), first.signals);
    }

    @Test
    void aMemberWhoseConnectionIsInterruptedLeavesUnlessItReturns() {
        Node first = new Node("first");
        Node second = new Node("second");
        Map<Runnable, Duration> tasks = delayed(first);
        Presence.Stay ann = first.shared.presence().enter(HALL, ANN);
        Presence.Stay bob = first.shared.presence().enter(HALL, BOB);
        first.shared.departures().interrupted(ann::end);
        first.shared.departures().interrupted(bob::end);
        assertEquals(2, second.members(HALL).size());
        second.shared.presence().enter(HALL, ANN);
        run(tasks);
        List<String> expected = List.of("Joined Ann hall", "Joined Боб hall", "Left Боб hall");
        assertEquals(List.of(expected, expected), List.of(first.signals, second.signals));
    }

    @Test
    void stateThatIsSentAgainReplacesWhatWasLost() {
        Node first = new Node("first");
        Node second = new Node("second");
        Presence.Stay gone = first.shared.presence().enter(HALL, ANN);
        first.shared.presence().enter(ATTIC, ANN);
        first.losing = true;
        gone.end();
        first.shared.presence().enter(ATTIC, BOB);
        first.losing = false;
        assertEquals(List.of(ANN), second.members(HALL));
        first.shared.joined(second.id);
        assertEquals(List.of(), second.members(HALL));
        assertEquals(2, second.members(ATTIC).size());
        assertEquals(
                List.of("Joined Ann hall", "Joined Ann attic", "Joined Боб attic", "Left Ann hall"), second.signals);
    }

    @Test
    void typingAndReadSignalsReachTheOtherNodesOnly() {
        Node first = new Node("first");
        Node second = new Node("second");
        first.shared.emit(HALL, new Signal.Typing(ANN));
        first.shared.emit(HALL, new Signal.Read(BOB, new Position("e", 1L << 40)));
        assertEquals(List.of("Typing Ann hall", "Read Боб hall"), second.signals);
        assertEquals(second.signals, first.signals);
    }

    @Test
    void parcelsKeepTheirContent() {
        Position position = new Position("epoch", Long.MAX_VALUE);
        for (SignalParcel parcel : List.of(
                new SignalParcel.Begin(),
                new SignalParcel.End(),
                new SignalParcel.Ending(Duration.ofSeconds(10)),
                new SignalParcel.Members(HALL, List.of(ANN, BOB)),
                new SignalParcel.InRoom(HALL, new Signal.Joined(BOB)),
                new SignalParcel.InRoom(HALL, new Signal.Left(ANN)),
                new SignalParcel.InRoom(ATTIC, new Signal.Typing(ANN)),
                new SignalParcel.InRoom(ATTIC, new Signal.Read(ANN, position)))) {
            assertEquals(Optional.of(parcel), SignalParcel.decode(parcel.encode()));
        }
    }

    @Test
    void parcelsOfLaterVersionsAreIgnored() {
        assertEquals(Optional.empty(), SignalParcel.decode(new byte[] {SignalParcel.VERSION + 1, 'b'}));
        assertEquals(Optional.empty(), SignalParcel.decode(new byte[] {
            SignalParcel.VERSION, "?".getBytes(StandardCharsets.UTF_8)[0]
        }));
    }

    /** A user, the node of the action, and whether a connection begins, ends, or the node is replaced. */
    record Step(int author, int node, int action) {}

    @Test
    void allNodesAgreeOnTheMembersWhateverHappens() {
        Property.checkLists(
                300,
                40,
                random -> new Step(random.nextInt(3), random.nextInt(3), random.nextInt(7)),
                ClusterSignalsTest::assertAllNodesAgree);
    }

    private static void assertAllNodesAgree(List<Step> steps) {
        ClusterSignalsTest cluster = new ClusterSignalsTest();
        List<Node> nodes = new ArrayList<>();
        List<Map<String, List<Presence.Stay>>> stays = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            nodes.add(cluster.new Node("node" + i));
            stays.add(new LinkedHashMap<>());
        }
        int incarnation = 0;
        for (Step step : steps) {
            Author author = new Author("user:" + step.author(), "User " + step.author());
            List<Presence.Stay> own = stays.get(step.node()).computeIfAbsent(author.id(), unseen -> new ArrayList<>());
            if (step.action() == 0) {
                nodes.get(step.node()).end();
                nodes.set(step.node(), cluster.new Node("later" + incarnation++));
                stays.get(step.node()).clear();
            } else if (step.action() < 4) {
                own.add(nodes.get(step.node()).shared.presence().enter(HALL, author));
            } else if (!own.isEmpty()) {
                own.remove(new Random(step.action()).nextInt(own.size())).end();
            }
        }
        Set<String> present = new TreeSet<>();
        stays.forEach(node -> node.forEach((author, connections) -> {
            if (!connections.isEmpty()) {
                present.add(author);
            }
        }));
        for (Node node : nodes) {
            assertEquals(
                    present,
                    node.members(HALL).stream().map(Author::id).collect(Collectors.toCollection(TreeSet::new)));
        }
    }
}
