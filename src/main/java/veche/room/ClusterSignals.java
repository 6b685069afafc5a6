package veche.room;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import veche.room.cluster.Backbone;
import veche.room.cluster.NodeId;

/** Exchanges the members and signals of rooms with the other nodes. Thread-safe. */
final class ClusterSignals implements Backbone.Listener, Presence.Reporter {
    private final Backbone backbone;
    private final Presence presence;
    private final Departures departures = new Departures();
    private final BiConsumer<RoomName, Signal> listeners;
    /** The rooms of each node whose state is being received. */
    private final Map<NodeId, Set<RoomName>> refreshed = new ConcurrentHashMap<>();

    /** @param listeners receives the signals of all nodes */
    ClusterSignals(Backbone backbone, BiConsumer<RoomName, Signal> listeners) {
        this.backbone = backbone;
        this.listeners = listeners;
        this.presence = new Presence(listeners, this);
    }

    Presence presence() {
        return presence;
    }

    Departures departures() {
        return departures;
    }

    void start() {
        backbone.listen(this);
    }

    /** This node is about to end, and its clients are to reconnect within a period after that. */
    void end(Duration window) {
        departures.end();
        broadcast(new SignalParcel.Ending(window));
    }

    /** Emits a signal of this node on all nodes. */
    void emit(RoomName room, Signal signal) {
        listeners.accept(room, signal);
        broadcast(new SignalParcel.InRoom(room, signal));
    }

    private void broadcast(SignalParcel parcel) {
        backbone.broadcast(parcel::encode);
    }

    @Override
    public void entered(RoomName room, Author author) {
        broadcast(new SignalParcel.InRoom(room, new Signal.Joined(author)));
    }

    @Override
    public void left(RoomName room, Author author) {
        broadcast(new SignalParcel.InRoom(room, new Signal.Left(author)));
    }

    @Override
    public void joined(NodeId node) {
        departures.found(node);
        backbone.send(node, new SignalParcel.Begin().encode());
        presence.reportAll((room, authors) -> backbone.send(node, new SignalParcel.Members(room, authors).encode()));
        backbone.send(node, new SignalParcel.End().encode());
    }

    @Override
    public void lost(NodeId node) {
        refreshed.remove(node);
        departures.lost(node, () -> presence.forget(node, Set.of()));
    }

    @Override
    public void received(NodeId from, byte[] bytes) {
        SignalParcel.decode(bytes).ifPresent(parcel -> apply(from, parcel));
    }

    private void apply(NodeId from, SignalParcel parcel) {
        if (parcel instanceof SignalParcel.Begin) {
            refreshed.put(from, new HashSet<>());
        } else if (parcel instanceof SignalParcel.End) {
            Set<RoomName> present = refreshed.remove(from);
            presence.forget(from, present == null ? Set.of() : present);
        } else if (parcel instanceof SignalParcel.Members members) {
            noteRefreshed(from, members.room());
            presence.replaceElsewhere(from, members.room(), members.authors());
        } else if (parcel instanceof SignalParcel.Ending ending) {
            departures.ends(from, ending.window());
        } else if (parcel instanceof SignalParcel.InRoom event) {
            apply(from, event.room(), event.signal());
        }
    }

    private void apply(NodeId from, RoomName room, Signal signal) {
        if (signal instanceof Signal.Joined) {
            noteRefreshed(from, room);
            presence.enteredElsewhere(from, room, signal.author());
        } else if (signal instanceof Signal.Left) {
            presence.leftElsewhere(from, room, signal.author().id());
        } else {
            listeners.accept(room, signal);
        }
    }

    private void noteRefreshed(NodeId from, RoomName room) {
        refreshed.computeIfPresent(from, (node, rooms) -> {
            rooms.add(room);
            return rooms;
        });
    }
}
