package veche.web;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import veche.delivery.TrafficCounters;
import veche.log.WebhookStore.DeadLetter;
import veche.room.Author;
import veche.room.RoomName;
import veche.room.Rooms;
import veche.room.access.Privilege;
import veche.socket.ConnectionSnapshot;
import veche.socket.SessionRegistry;
import veche.webhook.WebhookStats;

/** The state of this node, and the list of all nodes, as JSON for the administration page. Thread-safe: read-only. */
public final class AdminState {
    private static final int MAX_LISTED_ROOMS = 20;

    private final SessionRegistry sessions;
    private final Rooms rooms;
    private final TrafficCounters traffic;
    private final Metrics metrics;
    private final ClusterState cluster;
    private final Optional<WebhookStats> webhook;

    /** Creates a view of the given sources, which are read on each request. */
    public AdminState(
            SessionRegistry sessions,
            Rooms rooms,
            TrafficCounters traffic,
            Metrics metrics,
            ClusterState cluster,
            Optional<WebhookStats> webhook) {
        this.sessions = sessions;
        this.rooms = rooms;
        this.traffic = traffic;
        this.metrics = metrics;
        this.cluster = cluster;
        this.webhook = webhook;
    }

    String json(AdminAccess.Caller caller, AdminAccess access) {
        List<ConnectionSnapshot> listed = sessions.snapshot(rooms.roomSessions()).stream()
                .sorted(Comparator.comparingLong(ConnectionSnapshot::pendingBytes)
                        .thenComparing(ConnectionSnapshot::since)
                        .reversed())
                .limit(access.maxListed())
                .toList();
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("at", Instant.now().toString())
                .add("realm", access.realm())
                .add("who", caller(caller))
                .add("node", cluster.name())
                .add("nodes", cluster.json())
                .add("counters", counters())
                .add("commit", histogram(metrics.commitLatency()))
                .add("delivery", histogram(metrics.deliveryLatency()))
                .add("connections", array(listed, AdminState::connection))
                .add("gone", array(sessions.gone(), AdminState::gone));
        webhook.ifPresent(stats -> json.add("webhook", webhook(stats)));
        return json.build().toString();
    }

    private static JsonObjectBuilder webhook(WebhookStats stats) {
        return Json.createObjectBuilder()
                .add("pending", stats.backlog().pending())
                .add("dead", stats.backlog().dead())
                .add("delivered", stats.delivered())
                .add("failed", stats.failed())
                .add("letters", array(stats.deadLetters(), AdminState::deadLetter));
    }

    private static JsonObjectBuilder deadLetter(DeadLetter letter) {
        return Json.createObjectBuilder()
                .add("number", letter.number())
                .add("room", letter.part().room())
                .add("at", letter.at().toString())
                .add("attempts", letter.part().attempts())
                .add("reason", letter.reason());
    }

    private static JsonObjectBuilder caller(AdminAccess.Caller caller) {
        JsonArrayBuilder privileges = Json.createArrayBuilder();
        caller.privileges().stream().map(Privilege::wireName).forEach(privileges::add);
        Author author = caller.user().author();
        return Json.createObjectBuilder()
                .add("author", Json.createObjectBuilder().add("id", author.id()).add("name", author.name()))
                .add("may", privileges);
    }

    private JsonObjectBuilder counters() {
        JsonObjectBuilder closes = Json.createObjectBuilder();
        traffic.closes().forEach((code, count) -> closes.add(Integer.toString(code), count));
        return Json.createObjectBuilder()
                .add("connections", sessions.size())
                .add("rooms", rooms.open())
                .add("messages", rooms.sequence())
                .add("deliveries", traffic.frames())
                .add("deliveredBytes", traffic.bytes())
                .add("pendingBytes", traffic.pendingBytes())
                .add("closes", closes);
    }

    /** Pairs of an upper bound in seconds and the cumulative count; a null bound is infinity. */
    private static JsonArrayBuilder histogram(Map<Double, Long> counts) {
        JsonArrayBuilder pairs = Json.createArrayBuilder();
        counts.forEach((bound, count) -> {
            JsonArrayBuilder pair = Json.createArrayBuilder();
            pairs.add((bound.isInfinite() ? pair.addNull() : pair.add(bound)).add(count));
        });
        return pairs;
    }

    private static <T> JsonArrayBuilder array(Collection<T> items, Function<T, JsonObjectBuilder> one) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        items.forEach(item -> array.add(one.apply(item)));
        return array;
    }

    private static JsonObjectBuilder connection(ConnectionSnapshot connection) {
        JsonArrayBuilder followed = Json.createArrayBuilder();
        connection.rooms().stream()
                .map(RoomName::value)
                .sorted()
                .limit(MAX_LISTED_ROOMS)
                .forEach(followed::add);
        return Json.createObjectBuilder()
                .add("id", connection.id())
                .add("author", connection.user().author().id())
                .add("name", connection.user().author().name())
                .add("dialect", dialect(connection.subprotocol(), connection.path()))
                .add("rooms", followed)
                .add("address", connection.remoteAddress())
                .add("since", connection.since().toString())
                .add("pendingBytes", connection.pendingBytes())
                .add("stalledMs", connection.stalled().toMillis())
                .add("sentMessages", connection.sentMessages())
                .add("sentBytes", connection.sentBytes())
                .add("receivedMessages", connection.receivedMessages())
                .add("wire", connection.transport());
    }

    private static JsonObjectBuilder gone(SessionRegistry.ClosedConnection gone) {
        return Json.createObjectBuilder()
                .add("id", gone.id())
                .add("author", gone.author().id())
                .add("name", gone.author().name())
                .add("dialect", dialect(gone.subprotocol(), gone.path()))
                .add("at", gone.at().toString())
                .add("code", gone.code())
                .add("reason", gone.reason());
    }

    /** The subprotocol, or the endpoint's path if none was negotiated. */
    private static String dialect(String subprotocol, String path) {
        return subprotocol.isEmpty() ? path : subprotocol;
    }
}
