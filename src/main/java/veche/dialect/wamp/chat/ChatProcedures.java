package veche.dialect.wamp.chat;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.Arguments;
import veche.dialect.wamp.router.Session;
import veche.room.Audience;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Message;
import veche.room.Position;
import veche.room.Presence;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.Rooms;
import veche.room.Signal;
import veche.room.access.Privilege;

/**
 * The chat procedures {@code veche.<op>}. Arguments are passed by keyword or by position; the Javadoc of each method
 * lists their order. Procedures that modify a room's messages return the message that was appended to the log.
 */
final class ChatProcedures {
    private final Rooms rooms;
    private final int maxHistory;
    private final int maxJoined;

    ChatProcedures(Rooms rooms, ChatLimits limits) {
        this.rooms = rooms;
        this.maxHistory = limits.maxHistory();
        this.maxJoined = limits.maxJoined();
    }

    void offerTo(Offers offers) {
        offers.offer("veche.join", (caller, payload) -> join(caller, new Arguments(payload)));
        offers.offer("veche.leave", (caller, payload) -> leave(caller, new Arguments(payload)));
        offers.offer("veche.send", (caller, payload) -> send(caller, new Arguments(payload)));
        offers.offer("veche.history", (caller, payload) -> history(caller, new Arguments(payload)));
        offers.offer("veche.members", (caller, payload) -> members(caller, new Arguments(payload)));
        offers.offer("veche.edit", (caller, payload) -> amend(caller, Kind.EDIT, new Arguments(payload)));
        offers.offer("veche.delete", (caller, payload) -> amend(caller, Kind.DELETE, new Arguments(payload)));
        offers.offer("veche.react", (caller, payload) -> amend(caller, Kind.REACTION, new Arguments(payload)));
        offers.offer("veche.typing", (caller, payload) -> typing(caller, new Arguments(payload)));
        offers.offer("veche.read", (caller, payload) -> read(caller, new Arguments(payload)));
    }

    static RoomName room(Arguments arguments) {
        return new RoomName(arguments.required(0, "room", String.class));
    }

    private static Author author(Session caller) {
        return ChatSession.author(caller);
    }

    /** (room): joins a room; returns its current position, member count and, if it has one, mode. */
    private CompletionStage<Payload> join(Session caller, Arguments arguments) {
        RoomName name = room(arguments);
        if (ChatSession.stays(caller).size() >= maxJoined
                && !ChatSession.stays(caller).containsKey(name)) {
            throw new WampErrorException(Uri.LIMIT_REACHED, "A session may join at most " + maxJoined + " rooms");
        }
        return ChatSession.rooms(caller).open(name).thenApply(room -> {
            ChatSession.stays(caller)
                    .computeIfAbsent(name, absent -> ChatSession.rooms(caller).enter(absent, author(caller)));
            if (caller.ended()) {
                leave(caller, name);
            }
            return Payload.of(status(room));
        });
    }

    private Map<String, Object> status(Room room) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("room", room.name().value());
        RoomEvents.putPosition(status, room.end());
        status.put("members", (long) rooms.presence().count(room.name()));
        rooms.moderation().mode(room.name()).ifPresent(mode -> status.put("mode", ModerationActions.notice(mode)));
        return status;
    }

    /** (room): leaves a room. */
    private CompletionStage<Payload> leave(Session caller, Arguments arguments) {
        leave(caller, room(arguments));
        return done();
    }

    /** Leaves a room that the session has joined. */
    static void leave(Session session, RoomName name) {
        Presence.Stay stay = ChatSession.stays(session).remove(name);
        if (stay != null) {
            stay.end();
        }
    }

    /** Leaves all rooms that the session has joined. */
    static void leaveAll(Session session) {
        ChatSession.stays(session).keySet().forEach(name -> leave(session, name));
    }

    /** (room, text, data, key, target, name): sends a message. */
    private CompletionStage<Payload> send(Session caller, Arguments arguments) {
        ByteBuffer data = arguments.any(2, "data", ByteBuffer.class).orElse(null);
        return message(ChatSession.rooms(caller)
                .send(
                        room(arguments),
                        new Draft(
                                author(caller),
                                data == null ? Kind.TEXT : Kind.FILE,
                                arguments.any(1, "text", String.class).orElse(null),
                                arguments.any(5, "name", String.class).orElse(null),
                                data,
                                arguments
                                        .any(4, "target", String.class)
                                        .map(Arguments::messageId)
                                        .orElse(null),
                                arguments.any(3, "key", String.class).orElse(null),
                                Audience.EVERYONE)));
    }

    /** (room, target, text, key): edits, deletes or reacts to a message; DELETE has no text. */
    private CompletionStage<Payload> amend(Session caller, Kind kind, Arguments arguments) {
        UUID target = Arguments.messageId(arguments.required(1, "target", String.class));
        boolean delete = kind == Kind.DELETE;
        String text = delete ? null : arguments.required(2, "text", String.class);
        String key = arguments.any(delete ? 2 : 3, "key", String.class).orElse(null);
        return message(ChatSession.rooms(caller)
                .amend(room(arguments), new Draft(author(caller), kind, text, null, target, key, Audience.EVERYONE)));
    }

    private static CompletionStage<Payload> message(CompletionStage<Message> stage) {
        return stage.thenApply(message -> Payload.of(RoomEvents.dict(message)));
    }

    /** (room, before, limit): returns the newest messages before a position, in ascending order. */
    private CompletionStage<Payload> history(Session caller, Arguments arguments) {
        long before = arguments.any(1, "before", Long.class).orElse(Long.MAX_VALUE);
        long limit = arguments.any(2, "limit", Long.class).orElse(50L);
        int bounded = (int) Math.max(1, Math.min(limit, maxHistory));
        return ChatSession.rooms(caller)
                .history(room(arguments), before, bounded)
                .thenApply(messages ->
                        Payload.of(messages.stream().map(RoomEvents::dict).toList()));
    }

    /** (room): returns the users that are present. */
    private CompletionStage<Payload> members(Session caller, Arguments arguments) {
        RoomName name = room(arguments);
        RoomSession roomSession = ChatSession.rooms(caller);
        return roomSession.resolved(name, () -> {
            roomSession.check(name, Privilege.MEMBERS);
            List<Map<String, Object>> members = rooms.presence().members(name, maxHistory).stream()
                    .map(RoomEvents::dict)
                    .toList();
            return CompletableFuture.completedFuture(Payload.of(members));
        });
    }

    /** (room): signals that the caller is typing. */
    private CompletionStage<Payload> typing(Session caller, Arguments arguments) {
        RoomName name = room(arguments);
        RoomSession roomSession = ChatSession.rooms(caller);
        return roomSession.resolved(name, () -> {
            roomSession.signal(name, new Signal.Typing(author(caller)));
            return done();
        });
    }

    /** (room, position, epoch): sets the caller's read mark. */
    private CompletionStage<Payload> read(Session caller, Arguments arguments) {
        long position = arguments.required(1, "position", Long.class);
        return ChatSession.rooms(caller).open(room(arguments)).thenApply(room -> {
            String epoch =
                    arguments.any(2, "epoch", String.class).orElse(room.end().epoch());
            long bounded = Math.max(0, Math.min(position, room.tail()));
            ChatSession.rooms(caller)
                    .signal(room.name(), new Signal.Read(author(caller), new Position(epoch, bounded)));
            return Payload.EMPTY;
        });
    }

    private static CompletionStage<Payload> done() {
        return CompletableFuture.completedFuture(Payload.EMPTY);
    }
}
