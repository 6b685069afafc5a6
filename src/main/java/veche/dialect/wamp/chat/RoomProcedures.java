package veche.dialect.wamp.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.router.Arguments;
import veche.room.Entry;
import veche.room.Message;
import veche.room.Position;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.Rooms;
import veche.room.access.Grant;
import veche.room.access.MessageRate;
import veche.room.access.Privilege;
import veche.room.text.Search;

/** The procedures that identify the caller, list rooms and search them. */
final class RoomProcedures {
    /** The maximum number of rooms in a detailed list, since each may require a read of the log. */
    private static final int MAX_DETAILED = 200;

    private final Rooms rooms;
    private final Search search;
    private final int maxFound;

    RoomProcedures(Rooms rooms, Search search, int maxFound) {
        this.rooms = rooms;
        this.search = search;
        this.maxFound = maxFound;
    }

    void offerTo(Offers offers) {
        offers.offer("veche.whoami", (caller, payload) -> whoami(ChatSession.rooms(caller), new Arguments(payload)));
        offers.offer("veche.rooms", (caller, payload) -> rooms(ChatSession.rooms(caller), new Arguments(payload)));
        offers.offer("veche.search", (caller, payload) -> search(ChatSession.rooms(caller), new Arguments(payload)));
    }

    /**
     * (room): returns the caller's author, roles, privileges of moderation in all rooms, whether it may write, the
     * expiry of its token, active mutes, and, if a room is given, its grant there.
     */
    private CompletionStage<Payload> whoami(RoomSession roomSession, Arguments arguments) {
        Map<String, Object> caller = caller(roomSession);
        Optional<RoomName> room = arguments.any(0, "room", String.class).map(RoomName::new);
        return room.isEmpty()
                ? CompletableFuture.completedFuture(Payload.of(caller))
                : roomSession.grant(room.get()).thenApply(grant -> {
                    caller.put("grant", dict(room.get(), grant, roomSession.rank(room.get())));
                    return Payload.of(caller);
                });
    }

    private static Map<String, Object> dict(RoomName room, Grant grant, int rank) {
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("room", room.value());
        dict.put("may", wireNames(grant.privileges()));
        dict.put("rank", (long) rank);
        RoomEvents.putIfAny(
                dict, "rate", grant.rate().map(MessageRate::toString).orElse(null));
        RoomEvents.putIfAny(dict, "until", grant.until().map(RoomEvents::time).orElse(null));
        return dict;
    }

    static List<String> wireNames(Set<Privilege> privileges) {
        return privileges.stream().sorted().map(Privilege::wireName).toList();
    }

    private Map<String, Object> caller(RoomSession roomSession) {
        Map<String, Object> caller = new LinkedHashMap<>();
        caller.put("author", RoomEvents.dict(roomSession.user().author()));
        caller.put("roles", roomSession.user().roles());
        caller.put("may", wireNames(rooms.moderation().permissions().of(roomSession.user())));
        caller.put("writes", rooms.moderation().permissions().writes(roomSession.user()));
        RoomEvents.putIfAny(
                caller,
                "expires",
                roomSession.user().expires().map(RoomEvents::time).orElse(null));
        caller.put(
                "mutes",
                rooms.moderation().mutes(roomSession.user()).stream()
                        .map(ModerationActions::notice)
                        .toList());
        return caller;
    }

    /**
     * (detail, after): returns the rooms that the caller may enter and whose names are greater than {@code after}, by
     * name. With {@code detail}, each has its position, member count, last message and mode, and at most
     * {@value #MAX_DETAILED} rooms are returned.
     */
    private CompletionStage<Payload> rooms(RoomSession roomSession, Arguments arguments) {
        boolean detailed = arguments.any(0, "detail", Boolean.class).orElse(false);
        String after = arguments.any(1, "after", String.class).orElse("");
        CompletionStage<List<RoomName>> names = rooms.names()
                .thenApply(all -> all.stream()
                        .filter(name -> name.value().compareTo(after) > 0 && roomSession.mayEnter(name))
                        .toList());
        return detailed
                ? names.thenCompose(all -> details(roomSession, all.subList(0, Math.min(all.size(), MAX_DETAILED))))
                : names.thenApply(
                        all -> Payload.of(all.stream().map(RoomName::value).toList()));
    }

    private CompletionStage<Payload> details(RoomSession roomSession, List<RoomName> names) {
        List<CompletableFuture<Map<String, Object>>> pending = new ArrayList<>();
        names.forEach(name -> pending.add(detail(roomSession, name).toCompletableFuture()));
        return CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new))
                .thenCompose(all -> rooms.marks().of(roomSession.user().author()))
                .thenApply(read -> {
                    List<Map<String, Object>> details =
                            pending.stream().map(CompletableFuture::join).toList();
                    for (int i = 0; i < names.size(); i++) {
                        putRead(details.get(i), read.get(names.get(i)));
                    }
                    return Payload.of(details);
                });
    }

    private static void putRead(Map<String, Object> detail, @Nullable Position upTo) {
        if (upTo != null) {
            Map<String, Object> position = new LinkedHashMap<>();
            RoomEvents.putPosition(position, upTo);
            detail.put("read", position);
        }
    }

    private CompletionStage<Map<String, Object>> detail(RoomSession roomSession, RoomName name) {
        if (!roomSession.has(name, Privilege.HISTORY)) {
            return roomSession.open(name).thenApply(room -> detail(name, room.end(), null));
        }
        Optional<Room> opened = rooms.opened(name);
        Optional<Message> recent = opened.map(room -> room.recent(room.tail())).map(Entry::message);
        if (recent.isPresent()) {
            return CompletableFuture.completedFuture(detail(name, recent.get().position(), recent.get()));
        }
        return roomSession.history(name, Long.MAX_VALUE, 1).thenCompose(newest -> {
            if (!newest.isEmpty()) {
                Message last = newest.get(0);
                return CompletableFuture.completedFuture(detail(name, last.position(), last));
            }
            // The room never had messages, or all of them have expired.
            return roomSession.open(name).thenApply(room -> detail(name, room.end(), null));
        });
    }

    private Map<String, Object> detail(RoomName name, Position end, @Nullable Message last) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("room", name.value());
        RoomEvents.putPosition(detail, end);
        detail.put("members", (long) rooms.presence().count(name));
        detail.put("last", last == null ? null : withoutData(last));
        rooms.moderation().mode(name).ifPresent(mode -> detail.put("mode", ModerationActions.notice(mode)));
        return detail;
    }

    /** Omits the content of files, which may be large. */
    private static Map<String, Object> withoutData(Message message) {
        Map<String, Object> dict = RoomEvents.dict(message);
        dict.remove("data");
        return dict;
    }

    /**
     * (room, text, before, limit, after): returns the newest messages between two positions that contain a text,
     * ascending.
     */
    private CompletionStage<Payload> search(RoomSession roomSession, Arguments arguments) {
        RoomName room = ChatProcedures.room(arguments);
        String text = arguments.any(1, "text", String.class).orElse("");
        long before = arguments.any(2, "before", Long.class).orElse(Long.MAX_VALUE);
        long limit = arguments.any(3, "limit", Long.class).orElse(50L);
        long after = Math.max(0, arguments.any(4, "after", Long.class).orElse(0L));
        int max = (int) Math.max(1, Math.min(limit, maxFound));
        return search.find(roomSession, new Search.Query(room, text, filter(arguments), after, before, max))
                .thenApply(found -> {
                    Map<String, Object> answer = new LinkedHashMap<>();
                    answer.put(
                            "messages",
                            found.messages().stream()
                                    .map(RoomProcedures::withoutData)
                                    .toList());
                    answer.put("before", found.before());
                    return Payload.of(answer);
                });
    }

    private static Search.Filter filter(Arguments arguments) {
        return new Search.Filter(
                arguments.keyword("from", String.class).orElse(null),
                arguments.keyword("files", Boolean.class).orElse(false),
                arguments.time("since").orElse(null),
                arguments.time("until").orElse(null));
    }
}
