package veche.dialect.wamp.chat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.Arguments;
import veche.dialect.wamp.router.Session;
import veche.room.MessageLog;
import veche.room.ModerationAction;
import veche.room.ModerationOrder;
import veche.room.Revision;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.address.AddressRange;
import veche.room.privacy.AuthorData;

/** The moderation procedures. Each moderation action is returned as the audit log records it. */
final class ModerationProcedures {
    private static final long MAX_SECONDS = Duration.ofDays(365_000).toSeconds();

    private final AuthorData authorData;
    private final int maxListed;

    ModerationProcedures(AuthorData authorData, int maxListed) {
        this.authorData = authorData;
        this.maxListed = maxListed;
    }

    void offerTo(Offers offers) {
        for (ModerationAction.Type type : List.of(
                ModerationAction.Type.KICK,
                ModerationAction.Type.BAN,
                ModerationAction.Type.UNBAN,
                ModerationAction.Type.MUTE,
                ModerationAction.Type.UNMUTE)) {
            offers.offer("veche." + type.wireName(), (caller, payload) -> rule(caller, type, new Arguments(payload)));
        }
        for (ModerationAction.Type type : List.of(
                ModerationAction.Type.SLOW,
                ModerationAction.Type.READONLY,
                ModerationAction.Type.CLOSE,
                ModerationAction.Type.OPEN)) {
            offers.offer(
                    "veche." + type.wireName(), (caller, payload) -> setMode(caller, type, new Arguments(payload)));
        }
        offers.offer("veche.sanctions", (caller, payload) -> sanctions(caller, new Arguments(payload)));
        offers.offer("veche.revisions", (caller, payload) -> revisions(caller, new Arguments(payload)));
        offers.offer("veche.erase", (caller, payload) -> erase(caller, new Arguments(payload)));
        offers.offer(
                "veche.hold", (caller, payload) -> hold(caller, ModerationAction.Type.HOLD, new Arguments(payload)));
        offers.offer(
                "veche.release",
                (caller, payload) -> hold(caller, ModerationAction.Type.RELEASE, new Arguments(payload)));
        offers.offer("veche.held", (caller, payload) -> held(caller, new Arguments(payload)));
        offers.offer("veche.audit", (caller, payload) -> audit(caller, new Arguments(payload)));
    }

    /**
     * (author, room, seconds, reason) for bans and mutes, which may be temporary; otherwise (author, room, reason). The
     * keyword argument {@code address} replaces the author of a ban.
     */
    private static CompletionStage<Payload> rule(Session caller, ModerationAction.Type type, Arguments arguments) {
        boolean lasting = type.imposes().isPresent();
        Duration seconds = lasting ? seconds(arguments, 2) : null;
        String reason = arguments.any(lasting ? 3 : 2, "reason", String.class).orElse("");
        AddressRange address = arguments
                .keyword("address", String.class)
                .map(ModerationProcedures::range)
                .orElse(null);
        RoomName room = roomOrNull(arguments, 1);
        String author = address == null
                ? arguments.required(0, "author", String.class)
                : arguments.any(0, "author", String.class).orElse("");
        return order(caller, new ModerationOrder(type, author, address, room, seconds, null, reason));
    }

    private static @Nullable RoomName roomOrNull(Arguments arguments, int position) {
        return arguments.any(position, "room", String.class).map(RoomName::new).orElse(null);
    }

    private static AddressRange range(String text) {
        try {
            return AddressRange.of(text);
        } catch (IllegalArgumentException e) {
            throw new WampErrorException(
                    Uri.INVALID_ARGUMENT, "'address' is neither an IP address nor a range such as 192.0.2.0/24");
        }
    }

    /**
     * (room, interval, seconds, reason) for slow mode, (room, seconds, reason) for read-only and closed rooms, and
     * (room, reason) to end them.
     */
    private static CompletionStage<Payload> setMode(Session caller, ModerationAction.Type type, Arguments arguments) {
        RoomName room = ChatProcedures.room(arguments);
        boolean slow = type == ModerationAction.Type.SLOW;
        Duration interval = slow ? duration("interval", arguments.required(1, "interval", Long.class)) : null;
        int next = slow ? 2 : 1;
        boolean lasting = type.imposes().isPresent();
        Duration seconds = lasting ? seconds(arguments, next) : null;
        String reason =
                arguments.any(lasting ? next + 1 : next, "reason", String.class).orElse("");
        return order(caller, ModerationOrder.room(type, room, seconds, interval, reason));
    }

    private static CompletionStage<Payload> order(Session caller, ModerationOrder order) {
        return ChatSession.rooms(caller).rule(order).thenApply(action -> Payload.of(ModerationActions.dict(action)));
    }

    static @Nullable Duration seconds(Arguments arguments, int position) {
        return arguments
                .any(position, "seconds", Long.class)
                .map(seconds -> duration("seconds", seconds))
                .orElse(null);
    }

    private static Duration duration(String name, long seconds) {
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw new WampErrorException(Uri.INVALID_ARGUMENT, "'" + name + "' must be between 1 and " + MAX_SECONDS);
        }
        return Duration.ofSeconds(seconds);
    }

    /** (room): returns the active sanctions in a room or in all. */
    private static CompletionStage<Payload> sanctions(Session caller, Arguments arguments) {
        return listed(ChatSession.rooms(caller).sanctions(roomOrNull(arguments, 0)));
    }

    /**
     * (before, limit, room): returns the audit log of a room or of all, newest first; {@code before} is the
     * {@code number} of the last known action.
     */
    private CompletionStage<Payload> audit(Session caller, Arguments arguments) {
        long before = arguments.any(0, "before", Long.class).orElse(Long.MAX_VALUE);
        long limit = arguments.any(1, "limit", Long.class).orElse(50L);
        int bounded = (int) Math.max(1, Math.min(limit, maxListed));
        RoomSession moderator = ChatSession.rooms(caller);
        CompletionStage<List<ModerationAction>> actions = moderator.audit(roomOrNull(arguments, 2), before, bounded);
        // A moderator of the whole server sees addresses on the administration page, too.
        return moderator.seesAddresses()
                ? actions.thenApply(all -> Payload.of(
                        all.stream().map(ModerationActions::addressed).toList()))
                : listed(actions);
    }

    /** (author, reason): erases the author's messages in all rooms and returns their number. */
    private CompletionStage<Payload> erase(Session caller, Arguments arguments) {
        String author = arguments.required(0, "author", String.class);
        String reason = arguments.any(1, "reason", String.class).orElse("");
        return authorData
                .erase(ChatSession.rooms(caller), author, reason)
                .thenApply(count -> Payload.of(Map.of("author", author, "messages", count)));
    }

    /**
     * (author, room, seconds, reason) for a legal hold on an author, a room, or an author in a room; (author, room,
     * reason) to end it.
     */
    private static CompletionStage<Payload> hold(Session caller, ModerationAction.Type type, Arguments arguments) {
        boolean lasting = type.imposes().isPresent();
        return order(
                caller,
                ModerationOrder.author(
                        type,
                        arguments.any(0, "author", String.class).orElse(""),
                        roomOrNull(arguments, 1),
                        lasting ? seconds(arguments, 2) : null,
                        arguments.any(lasting ? 3 : 2, "reason", String.class).orElse("")));
    }

    /**
     * (author, room, after, limit): returns what was removed of messages under a legal hold, of an author, in a room,
     * or all; {@code after} is the {@code number} of the last known one.
     */
    private CompletionStage<Payload> held(Session caller, Arguments arguments) {
        RoomName room = roomOrNull(arguments, 1);
        long limit = arguments.any(3, "limit", Long.class).orElse((long) AuthorData.MAX_HELD);
        return authorData
                .held(
                        ChatSession.user(caller),
                        arguments.any(0, "author", String.class).orElse(""),
                        room == null ? "" : room.value(),
                        arguments.any(2, "after", Long.class).orElse(0L),
                        (int) Math.max(1, Math.min(limit, AuthorData.MAX_HELD)))
                .thenApply(all ->
                        Payload.of(all.stream().map(ModerationProcedures::dict).toList()));
    }

    private static Map<String, Object> dict(MessageLog.Held held) {
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("number", held.number());
        dict.put("removed", RoomEvents.time(held.removed()));
        dict.putAll(RoomEvents.dict(held.message()));
        return dict;
    }

    /** (room, target): returns the revisions of a message that edits and a deletion have replaced, oldest first. */
    private static CompletionStage<Payload> revisions(Session caller, Arguments arguments) {
        UUID target = Arguments.messageId(arguments.required(1, "target", String.class));
        return ChatSession.rooms(caller)
                .revisions(ChatProcedures.room(arguments), target)
                .thenApply(revisions -> Payload.of(
                        revisions.stream().map(ModerationProcedures::dict).toList()));
    }

    private static Map<String, Object> dict(Revision revision) {
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("at", RoomEvents.time(revision.replacedAt()));
        dict.put("by", revision.replacedBy().toString());
        RoomEvents.putIfAny(dict, "text", RoomEvents.visible(revision.text()));
        RoomEvents.putIfAny(dict, "name", RoomEvents.visible(revision.name()));
        RoomEvents.putIfAny(dict, "data", revision.data());
        return dict;
    }

    private static CompletionStage<Payload> listed(CompletionStage<List<ModerationAction>> actions) {
        return actions.thenApply(
                all -> Payload.of(all.stream().map(ModerationActions::dict).toList()));
    }
}
