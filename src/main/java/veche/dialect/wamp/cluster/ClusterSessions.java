package veche.dialect.wamp.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.meta.LocalSessions;
import veche.dialect.wamp.meta.LocalSessions.Kill;
import veche.dialect.wamp.meta.LocalSessions.Known;
import veche.dialect.wamp.meta.LocalSessions.Selector;
import veche.dialect.wamp.meta.OtherSessions;
import veche.room.cluster.Backbone;
import veche.room.cluster.NodeId;

/**
 * The session meta API over all nodes: requests are sent to every node, and each node publishes the meta events of the
 * others to its own subscribers. Thread-safe.
 */
public final class ClusterSessions implements OtherSessions, Backbone.Listener {
    private static final String ASK = "ask";
    private static final String ANSWER = "answer";
    private static final String EVENT = "event";
    private static final String LIST = "list";
    private static final String ROOMS = "rooms";
    private static final String GET = "get";
    private static final String KILL = "kill";

    private final Backbone backbone;
    private final Format cbor;
    private final NodeQuestions questions;
    private volatile Optional<LocalSessions> local = Optional.empty();

    /** @param scheduler ends questions that a node does not answer; never blocked */
    public ClusterSessions(Backbone backbone, Format cbor, ScheduledExecutorService scheduler) {
        this.backbone = backbone;
        this.cbor = cbor;
        this.questions = new NodeQuestions(scheduler);
    }

    @Override
    public void serve(LocalSessions sessions) {
        local = Optional.of(sessions);
        backbone.listen(this);
    }

    @Override
    public CompletionStage<Found<Long>> list(Optional<Set<String>> roles) {
        return ask(Long.class::cast, LIST, fields(roles));
    }

    @Override
    public CompletionStage<Found<Map.Entry<Long, Set<String>>>> rooms(Optional<Set<String>> roles) {
        return ask(
                found -> {
                    List<?> session = (List<?>) found;
                    return Map.entry((Long) session.get(0), texts(session.get(1)));
                },
                ROOMS,
                fields(roles));
    }

    @Override
    public CompletionStage<Found<Known>> get(long id) {
        return ask(
                found -> {
                    List<?> session = (List<?>) found;
                    return new Known(ParcelFields.dict(session.get(0)), texts(session.get(1)));
                },
                GET,
                id);
    }

    @Override
    public CompletionStage<Found<Long>> kill(Kill request) {
        return ask(
                Long.class::cast,
                KILL,
                request.selector().name(),
                request.value(),
                request.except(),
                request.reason(),
                request.message().orElse(null));
    }

    private static @Nullable List<String> fields(Optional<Set<String>> roles) {
        return roles.map(List::copyOf).orElse(null);
    }

    private static Set<String> texts(@Nullable Object value) {
        return ParcelFields.set((List<?>) Objects.requireNonNull(value), String.class);
    }

    private <T> CompletionStage<Found<T>> ask(Function<Object, T> reading, @Nullable Object... request) {
        Set<NodeId> others = backbone.others();
        return questions
                .ask(others, id -> {
                    byte[] parcel =
                            ParcelFields.of(ASK, id, Arrays.asList(request)).encode(cbor);
                    others.forEach(node -> backbone.send(node, parcel));
                })
                .thenApply(found ->
                        new Found<>(found.values().stream().map(reading).toList(), found.complete()));
    }

    @Override
    public void publish(String topic, List<@Nullable Object> args, Set<String> rooms) {
        backbone.broadcast(
                () -> ParcelFields.of(EVENT, topic, args, List.copyOf(rooms)).encode(cbor));
    }

    /** Answers to this node may have been lost. */
    @Override
    public void joined(NodeId node) {
        questions.failed(node);
    }

    @Override
    public void lost(NodeId node) {
        questions.failed(node);
    }

    @Override
    public void received(NodeId from, byte[] bytes) {
        ParcelFields.decode(cbor, bytes).ifPresent(parcel -> {
            switch (parcel.text(0)) {
                case ASK -> local.ifPresent(sessions -> answer(sessions, from, parcel));
                case ANSWER -> questions.answered(parcel.number(1), from, parcel.list(2));
                case EVENT ->
                    local.ifPresent(sessions -> sessions.publish(parcel.text(1), parcel.list(2), parcel.texts(3)));
                default -> {
                    // A kind that a later version knows.
                }
            }
        });
    }

    private void answer(LocalSessions sessions, NodeId from, ParcelFields question) {
        ParcelFields request = new ParcelFields(question.list(2));
        List<?> found = switch (request.name()) {
            case LIST -> sessions.list(roles(request));
            case ROOMS ->
                sessions.rooms(roles(request))
                        .map(session -> List.of(session.getKey(), List.copyOf(session.getValue())))
                        .toList();
            case GET ->
                sessions.get(request.number(0)).stream()
                        .map(known -> List.of(known.details(), List.copyOf(known.rooms())))
                        .toList();
            case KILL -> sessions.kill(kill(request));
            default -> List.of();
        };
        backbone.send(from, ParcelFields.of(ANSWER, question.number(1), found).encode(cbor));
    }

    private static Optional<Set<String>> roles(ParcelFields request) {
        return request.at(0) == null ? Optional.empty() : Optional.of(request.texts(0));
    }

    private static Kill kill(ParcelFields request) {
        return new Kill(
                Selector.valueOf(request.text(0)),
                request.text(1),
                request.number(2),
                request.text(3),
                Optional.ofNullable((String) request.at(4)));
    }
}
