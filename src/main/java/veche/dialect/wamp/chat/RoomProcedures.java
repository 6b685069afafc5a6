package veche.dialect.wamp.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.router.Arguments;
import veche.room.Entry;
import veche.room.Message;
import veche.room.Position;
import veche.room.Privilege;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.Rooms;
import veche.room.Search;

/** The procedures that tell who the caller is and which rooms there are, and that search them. */
final class RoomProcedures {
    /** How many rooms are told of in detail at once: each may cost a read of the log. */
    private static final int MOST_DETAILED = 200;

    private final Rooms rooms;
    private final Search search;
    private final int maxFound;

    RoomProcedures(Rooms rooms, Search search, int maxFound) {
        this.rooms = rooms;
        this.search = search;
        this.maxFound = maxFound;
    }

    void offerTo(Offers offers) {
        offers.offer("veche.whoami", (caller, payload) -> whoami(ChatSession.rooms(caller)));
        offers.offer("veche.rooms", (caller, payload) -> rooms(ChatSession.rooms(caller), new Arguments(payload)));
        offers.offer("veche.search", (caller, payload) -> search(ChatSession.rooms(caller), new Arguments(payload)));
    }

    /** (): who the caller is, in which roles, what they may beyond what all may, and the mutes that hold. */
    private CompletionStage<Payload> whoami(RoomSession roomSession) {
        Map<String, Object> who = new LinkedHashMap<>();
        who.put("author", RoomEvents.dict(roomSession.user().author()));
        who.put("roles", roomSession.user().roles());
        who.put(
                "may",
                rooms.moderation().permissions().of(roomSession.user()).stream()
                        .map(Privilege::wireName)
                        .toList());
        who.put(
                "mutes",
                rooms.moderation().mutes(roomSession.user()).stream()
                        .map(ModerationActions::notice)
                        .toList());
        return CompletableFuture.completedFuture(Payload.of(who));
    }

    /**
     * (detail, after): the rooms that the caller may enter, by name; in detail with where each stands, the first
     * {@value #MOST_DETAILED} whose names come after that one.
     */
    private CompletionStage<Payload> rooms(RoomSession roomSession, Arguments arguments) {
        boolean detailed = arguments.any(0, "detail", Boolean.class).orElse(false);
        String after = arguments.any(1, "after", String.class).orElse("");
        CompletionStage<List<RoomName>> names = rooms.names()
                .thenApply(all -> all.stream()
                        .filter(name -> name.value().compareTo(after) > 0 && roomSession.mayEnter(name))
                        .toList());
        return detailed
                ? names.thenCompose(all -> details(roomSession, all.subList(0, Math.min(all.size(), MOST_DETAILED))))
                : names.thenApply(
                        all -> Payload.of(all.stream().map(RoomName::value).toList()));
    }

    private CompletionStage<Payload> details(RoomSession roomSession, List<RoomName> names) {
        List<CompletableFuture<Map<String, Object>>> asked = new ArrayList<>();
        names.forEach(name -> asked.add(detail(roomSession, name).toCompletableFuture()));
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenCompose(all -> rooms.marks().of(roomSession.user().author()))
                .thenApply(read -> {
                    List<Map<String, Object>> details =
                            asked.stream().map(CompletableFuture::join).toList();
                    for (int i = 0; i < names.size(); i++) {
                        putRead(details.get(i), read.get(names.get(i)));
                    }
                    return Payload.of(details);
                });
    }

    private static void putRead(Map<String, Object> detail, Position upTo) {
        if (upTo != null) {
            Map<String, Object> position = new LinkedHashMap<>();
            RoomEvents.putPosition(position, upTo);
            detail.put("read", position);
        }
    }

    private CompletionStage<Map<String, Object>> detail(RoomSession roomSession, RoomName name) {
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
            // Its messages, if it ever had any, are too old to be kept.
            return roomSession.open(name).thenApply(room -> detail(name, room.end(), null));
        });
    }

    private Map<String, Object> detail(RoomName name, Position end, Message last) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("room", name.value());
        RoomEvents.putPosition(detail, end);
        detail.put("members", (long) rooms.presence().count(name));
        detail.put("last", last == null ? null : withoutData(last));
        return detail;
    }

    /** A list of rooms is no place for files. */
    private static Map<String, Object> withoutData(Message message) {
        Map<String, Object> dict = RoomEvents.dict(message);
        dict.remove("data");
        return dict;
    }

    /** (room, text, before, limit, after): the newest messages between two positions that contain a text, ascending. */
    private CompletionStage<Payload> search(RoomSession roomSession, Arguments arguments) {
        RoomName room = ChatProcedures.room(arguments);
        String text = arguments.any(1, "text", String.class).orElse("");
        long before = arguments.any(2, "before", Long.class).orElse(Long.MAX_VALUE);
        long limit = arguments.any(3, "limit", Long.class).orElse(50L);
        long after = Math.max(0, arguments.any(4, "after", Long.class).orElse(0L));
        int most = (int) Math.max(1, Math.min(limit, maxFound));
        return search.find(roomSession, new Search.Query(room, text, filter(arguments), after, before, most))
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
                arguments.keyword("from", String.class),
                Boolean.TRUE.equals(arguments.keyword("files", Boolean.class)),
                arguments.time("since").orElse(null),
                arguments.time("until").orElse(null));
    }
}
