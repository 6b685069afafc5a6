package veche.dialect.wamp.chat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.Arguments;
import veche.dialect.wamp.router.Session;
import veche.room.Moderation;
import veche.room.ModerationAction;
import veche.room.Revision;
import veche.room.RoomName;

/** The moderation procedures. Each moderation action is returned as the audit log records it. */
final class ModerationProcedures {
    private static final long MAX_SECONDS = Duration.ofDays(365_000).toSeconds();

    private final Moderation moderation;
    private final int maxListed;

    ModerationProcedures(Moderation moderation, int maxListed) {
        this.moderation = moderation;
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
        offers.offer("veche.sanctions", (caller, payload) -> listed(moderation.sanctions(ChatSession.user(caller))));
        offers.offer("veche.revisions", (caller, payload) -> revisions(caller, new Arguments(payload)));
        offers.offer("veche.audit", (caller, payload) -> audit(caller, new Arguments(payload)));
    }

    /** (author, room, seconds, reason) for bans and mutes, which may be temporary; otherwise (author, room, reason). */
    private CompletionStage<Payload> rule(Session caller, ModerationAction.Type type, Arguments arguments) {
        String author = arguments.required(0, "author", String.class);
        RoomName room =
                arguments.any(1, "room", String.class).map(RoomName::new).orElse(null);
        Duration lasting = type.lasting()
                ? arguments
                        .any(2, "seconds", Long.class)
                        .map(ModerationProcedures::duration)
                        .orElse(null)
                : null;
        String reason =
                arguments.any(type.lasting() ? 3 : 2, "reason", String.class).orElse("");
        return moderation
                .rule(ChatSession.user(caller), new Moderation.Order(type, author, room, lasting, reason))
                .thenApply(action -> Payload.of(ModerationActions.dict(action)));
    }

    private static Duration duration(long seconds) {
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw new WampErrorException(Uri.INVALID_ARGUMENT, "'seconds' must be between 1 and " + MAX_SECONDS);
        }
        return Duration.ofSeconds(seconds);
    }

    /**
     * (before, limit): returns the audit log, newest first; {@code before} is the {@code number} of the last known
     * action.
     */
    private CompletionStage<Payload> audit(Session caller, Arguments arguments) {
        long before = arguments.any(0, "before", Long.class).orElse(Long.MAX_VALUE);
        long limit = arguments.any(1, "limit", Long.class).orElse(50L);
        int bounded = (int) Math.max(1, Math.min(limit, maxListed));
        return listed(moderation.audit(ChatSession.user(caller), before, bounded));
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
