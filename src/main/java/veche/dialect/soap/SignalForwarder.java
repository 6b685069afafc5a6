package veche.dialect.soap;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import veche.dialect.Client;
import veche.dialect.Frame;
import veche.dialect.soap.message.ChatNames;
import veche.dialect.soap.message.EnvelopeWriter;
import veche.dialect.soap.message.FrameKind;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.Signal;

/** Forwards room signals to the members that subscribed to them; each signal is serialized once. Thread-safe. */
final class SignalForwarder {
    private static final String ACTION = ChatNames.action("Signal");

    private final Map<RoomName, Set<Listener>> rooms = new ConcurrentHashMap<>();
    private final EnvelopeWriter writer;

    SignalForwarder(EnvelopeWriter writer) {
        this.writer = writer;
    }

    private static final class Listener {
        private final Client client;
        private final RoomSession roomSession;
        private final Supplier<FrameKind> kind;

        Listener(Client client, RoomSession roomSession, Supplier<FrameKind> kind) {
            this.client = client;
            this.roomSession = roomSession;
            this.kind = kind;
        }
    }

    /** Subscribes a client to the signals of a room. Each signal is sent in the client's current kind of frames. */
    Client.Following listen(RoomName room, Client client, RoomSession roomSession, Supplier<FrameKind> kind) {
        Listener listener = new Listener(client, roomSession, kind);
        rooms.compute(room, (name, listeners) -> {
            Set<Listener> all = listeners == null ? ConcurrentHashMap.newKeySet() : listeners;
            all.add(listener);
            return all;
        });
        return () -> rooms.computeIfPresent(room, (name, listeners) -> {
            listeners.remove(listener);
            return listeners.isEmpty() ? null : listeners;
        });
    }

    /** Sends a signal to the subscribers of the room that may receive it. */
    void forward(RoomName room, Signal signal) {
        Set<Listener> listeners = rooms.getOrDefault(room, Set.of());
        if (listeners.isEmpty()) {
            return;
        }
        String envelope = writer.message(ACTION, UUID.randomUUID(), SchemaMapper.signal(room, signal));
        Map<FrameKind, Frame> frames = new EnumMap<>(FrameKind.class);
        for (Listener listener : listeners) {
            if (!listener.roomSession.mayReceive(room, signal)) {
                continue;
            }
            Frame frame = frames.computeIfAbsent(listener.kind.get(), kind -> kind.frame(envelope));
            listener.client.send(frame);
        }
    }
}
