package veche.dialect.wamp.cluster;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import veche.dialect.wamp.cluster.Announcements.Place;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.TopicInterests;
import veche.dialect.wamp.router.UriIndex;
import veche.room.cluster.Backbone;
import veche.room.cluster.NodeId;

/**
 * The nodes with subscribers of each topic, so that events are sent to these only. A subscription is confirmed to its
 * client once all nodes know of it, so that it misses no event of any node; a node whose topics are not known yet
 * receives all events. Thread-safe.
 */
final class ClusterInterests implements TopicInterests, Backbone.Listener {
    private static final long UNACKNOWLEDGED = 0;

    private static final String ADD = "add";
    private static final String ADDED = "added";
    private static final String REMOVE = "remove";
    private static final String STATE = "state";
    private static final String STATE_END = "state_end";

    private final Backbone backbone;
    private final Format cbor;
    private final Consumer<BiConsumer<Match, String>> topics;
    private final NodeQuestions questions;
    private final UriIndex<Set<NodeId>> nodes = new UriIndex<>();
    /** The nodes all of whose topics are in the index. */
    private final Set<NodeId> known = ConcurrentHashMap.newKeySet();
    /** Confined to the thread of the backbone. */
    private final Map<NodeId, Announcements<Boolean>> ofNode = new HashMap<>();

    /**
     * @param scheduler ends the wait for nodes that do not confirm; never blocked
     * @param topics passes the topics with subscribers on this node
     */
    ClusterInterests(
            Backbone backbone,
            Format cbor,
            ScheduledExecutorService scheduler,
            Consumer<BiConsumer<Match, String>> topics) {
        this.backbone = backbone;
        this.cbor = cbor;
        this.topics = topics;
        this.questions = new NodeQuestions(scheduler);
    }

    /** The other nodes that may have subscribers of a topic. */
    Set<NodeId> interested(String topic) {
        Set<NodeId> others = backbone.others();
        if (others.isEmpty()) {
            return others;
        }
        Set<NodeId> interested = new HashSet<>();
        nodes.forEachMatch(topic, interested::addAll);
        others.stream().filter(node -> !known.contains(node)).forEach(interested::add);
        return interested;
    }

    /** Whether clients of another node can publish to a topic or pattern without a log. */
    private static boolean concerns(String topic) {
        return !Uri.isWithin(topic, "veche") && !Uri.isWithin(topic, "wamp");
    }

    @Override
    public CompletionStage<Void> add(Match match, String topic) {
        Set<NodeId> others = concerns(topic) ? backbone.others() : Set.of();
        return questions
                .ask(others, id -> others.forEach(node -> sendAdd(node, id, match, topic)))
                .thenAccept(answered -> {});
    }

    private void sendAdd(NodeId to, long id, Match match, String topic) {
        send(to, ADD, id, match.name(), topic);
    }

    @Override
    public void remove(Match match, String topic) {
        if (concerns(topic)) {
            backbone.others().forEach(node -> send(node, REMOVE, match.name(), topic));
        }
    }

    private void send(NodeId to, Object... fields) {
        backbone.send(to, ParcelFields.of(fields).encode(cbor));
    }

    @Override
    public void joined(NodeId node) {
        questions.failed(node);
        known.remove(node);
        send(node, STATE);
        topics.accept((match, topic) -> {
            if (concerns(topic)) {
                sendAdd(node, UNACKNOWLEDGED, match, topic);
            }
        });
        send(node, STATE_END);
    }

    @Override
    public void lost(NodeId node) {
        questions.failed(node);
        Announcements<Boolean> gone = ofNode.remove(node);
        if (gone != null) {
            gone.all().forEach(place -> index(place, node, false));
        }
        known.remove(node);
    }

    @Override
    public void received(NodeId from, byte[] bytes) {
        ParcelFields.decode(cbor, bytes).ifPresent(parcel -> received(from, parcel));
    }

    private void received(NodeId from, ParcelFields parcel) {
        switch (parcel.text(0)) {
            case ADD -> {
                added(from, new Place(Match.valueOf(parcel.text(2)), parcel.text(3)));
                if (parcel.number(1) != UNACKNOWLEDGED) {
                    send(from, ADDED, parcel.number(1));
                }
            }
            case ADDED -> questions.answered(parcel.number(1), from, List.of());
            case REMOVE -> removed(from, new Place(Match.valueOf(parcel.text(1)), parcel.text(2)));
            case STATE -> {
                known.remove(from);
                of(from).expectConfirmation();
            }
            case STATE_END -> {
                of(from).unconfirmed().forEach(place -> removed(from, place));
                known.add(from);
            }
            default -> {
                // A kind that a later version knows.
            }
        }
    }

    private Announcements<Boolean> of(NodeId node) {
        return ofNode.computeIfAbsent(node, added -> new Announcements<>());
    }

    private void added(NodeId node, Place place) {
        if (of(node).add(place, true) == null) {
            index(place, node, true);
        }
    }

    private void removed(NodeId node, Place place) {
        of(node).remove(place);
        index(place, node, false);
    }

    private void index(Place place, NodeId node, boolean added) {
        nodes.compute(place.match(), place.uri(), before -> {
            Stream<NodeId> others =
                    Stream.ofNullable(before).flatMap(Set::stream).filter(other -> !other.equals(node));
            Set<NodeId> after = Stream.concat(others, added ? Stream.of(node) : Stream.empty())
                    .collect(Collectors.toUnmodifiableSet());
            return after.isEmpty() ? null : after;
        });
    }
}
