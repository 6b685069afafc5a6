package veche.dialect.soap;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import veche.dialect.soap.chat.AuditBody;
import veche.dialect.soap.chat.AuditResponseBody;
import veche.dialect.soap.chat.BanBody;
import veche.dialect.soap.chat.BanResponseBody;
import veche.dialect.soap.chat.CloseRoomBody;
import veche.dialect.soap.chat.CloseRoomResponseBody;
import veche.dialect.soap.chat.HoldBody;
import veche.dialect.soap.chat.HoldResponseBody;
import veche.dialect.soap.chat.KickBody;
import veche.dialect.soap.chat.KickResponseBody;
import veche.dialect.soap.chat.ModerationEntry;
import veche.dialect.soap.chat.MuteBody;
import veche.dialect.soap.chat.MuteResponseBody;
import veche.dialect.soap.chat.OpenRoomBody;
import veche.dialect.soap.chat.OpenRoomResponseBody;
import veche.dialect.soap.chat.ReleaseBody;
import veche.dialect.soap.chat.ReleaseResponseBody;
import veche.dialect.soap.chat.SanctionsBody;
import veche.dialect.soap.chat.SanctionsResponseBody;
import veche.dialect.soap.chat.SetReadOnlyBody;
import veche.dialect.soap.chat.SetReadOnlyResponseBody;
import veche.dialect.soap.chat.SetSlowModeBody;
import veche.dialect.soap.chat.SetSlowModeResponseBody;
import veche.dialect.soap.chat.UnbanBody;
import veche.dialect.soap.chat.UnbanResponseBody;
import veche.dialect.soap.chat.UnmuteBody;
import veche.dialect.soap.chat.UnmuteResponseBody;
import veche.dialect.soap.message.Operation;
import veche.room.ModerationAction;
import veche.room.ModerationOrder;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.address.AddressRange;

/** Executes the operations of moderators. Thread-safe; no method blocks. */
final class ModerationService {
    private final int maxListed;

    ModerationService(int maxListed) {
        this.maxListed = maxListed;
    }

    CompletionStage<Reply> perform(RoomSession moderator, Operation operation, Object body) {
        return switch (operation) {
            case KICK -> kick(moderator, (KickBody) body);
            case BAN -> ban(moderator, (BanBody) body);
            case UNBAN -> unban(moderator, (UnbanBody) body);
            case MUTE -> mute(moderator, (MuteBody) body);
            case UNMUTE -> unmute(moderator, (UnmuteBody) body);
            case SET_SLOW_MODE -> setSlowMode(moderator, (SetSlowModeBody) body);
            case SET_READ_ONLY -> setReadOnly(moderator, (SetReadOnlyBody) body);
            case CLOSE_ROOM -> closeRoom(moderator, (CloseRoomBody) body);
            case OPEN_ROOM -> openRoom(moderator, (OpenRoomBody) body);
            case HOLD -> hold(moderator, (HoldBody) body);
            case RELEASE -> release(moderator, (ReleaseBody) body);
            case SANCTIONS -> sanctions(moderator, (SanctionsBody) body);
            case AUDIT -> audit(moderator, (AuditBody) body);
            default -> throw new IllegalArgumentException(operation.local());
        };
    }

    private static CompletionStage<Reply> kick(RoomSession moderator, KickBody request) {
        ModerationOrder order = ModerationOrder.author(
                ModerationAction.Type.KICK,
                request.getAuthor(),
                room(request.getRoom()),
                null,
                orEmpty(request.getReason()));
        return ruled(moderator, order, entry -> {
            KickResponseBody response = new KickResponseBody();
            response.setAction(entry);
            return response;
        });
    }

    private static CompletionStage<Reply> ban(RoomSession moderator, BanBody request) {
        ModerationOrder order = new ModerationOrder(
                ModerationAction.Type.BAN,
                orEmpty(request.getAuthor()),
                range(request.getAddress()),
                room(request.getRoom()),
                seconds(request.getSeconds()),
                null,
                orEmpty(request.getReason()));
        return ruled(moderator, order, entry -> {
            BanResponseBody response = new BanResponseBody();
            response.setAction(entry);
            return response;
        });
    }

    private static CompletionStage<Reply> unban(RoomSession moderator, UnbanBody request) {
        ModerationOrder order = new ModerationOrder(
                ModerationAction.Type.UNBAN,
                orEmpty(request.getAuthor()),
                range(request.getAddress()),
                room(request.getRoom()),
                null,
                null,
                orEmpty(request.getReason()));
        return ruled(moderator, order, entry -> {
            UnbanResponseBody response = new UnbanResponseBody();
            response.setAction(entry);
            return response;
        });
    }

    private static CompletionStage<Reply> mute(RoomSession moderator, MuteBody request) {
        ModerationOrder order = ModerationOrder.author(
                ModerationAction.Type.MUTE,
                request.getAuthor(),
                room(request.getRoom()),
                seconds(request.getSeconds()),
                orEmpty(request.getReason()));
        return ruled(moderator, order, entry -> {
            MuteResponseBody response = new MuteResponseBody();
            response.setAction(entry);
            return response;
        });
    }

    private static CompletionStage<Reply> unmute(RoomSession moderator, UnmuteBody request) {
        ModerationOrder order = ModerationOrder.author(
                ModerationAction.Type.UNMUTE,
                request.getAuthor(),
                room(request.getRoom()),
                null,
                orEmpty(request.getReason()));
        return ruled(moderator, order, entry -> {
            UnmuteResponseBody response = new UnmuteResponseBody();
            response.setAction(entry);
            return response;
        });
    }

    private static CompletionStage<Reply> setSlowMode(RoomSession moderator, SetSlowModeBody request) {
        ModerationOrder order = ModerationOrder.room(
                ModerationAction.Type.SLOW,
                new RoomName(request.getRoom()),
                seconds(request.getSeconds()),
                seconds(request.getInterval()),
                orEmpty(request.getReason()));
        return ruled(moderator, order, entry -> {
            SetSlowModeResponseBody response = new SetSlowModeResponseBody();
            response.setAction(entry);
            return response;
        });
    }

    private static CompletionStage<Reply> setReadOnly(RoomSession moderator, SetReadOnlyBody request) {
        ModerationOrder order = ModerationOrder.room(
                ModerationAction.Type.READONLY,
                new RoomName(request.getRoom()),
                seconds(request.getSeconds()),
                null,
                orEmpty(request.getReason()));
        return ruled(moderator, order, entry -> {
            SetReadOnlyResponseBody response = new SetReadOnlyResponseBody();
            response.setAction(entry);
            return response;
        });
    }

    private static CompletionStage<Reply> closeRoom(RoomSession moderator, CloseRoomBody request) {
        ModerationOrder order = ModerationOrder.room(
                ModerationAction.Type.CLOSE,
                new RoomName(request.getRoom()),
                seconds(request.getSeconds()),
                null,
                orEmpty(request.getReason()));
        return ruled(moderator, order, entry -> {
            CloseRoomResponseBody response = new CloseRoomResponseBody();
            response.setAction(entry);
            return response;
        });
    }

    private static CompletionStage<Reply> openRoom(RoomSession moderator, OpenRoomBody request) {
        ModerationOrder order = ModerationOrder.room(
                ModerationAction.Type.OPEN, new RoomName(request.getRoom()), null, null, orEmpty(request.getReason()));
        return ruled(moderator, order, entry -> {
            OpenRoomResponseBody response = new OpenRoomResponseBody();
            response.setAction(entry);
            return response;
        });
    }

    private static CompletionStage<Reply> hold(RoomSession administrator, HoldBody request) {
        ModerationOrder order = ModerationOrder.author(
                ModerationAction.Type.HOLD,
                orEmpty(request.getAuthor()),
                room(request.getRoom()),
                seconds(request.getSeconds()),
                orEmpty(request.getReason()));
        return ruled(administrator, order, entry -> {
            HoldResponseBody response = new HoldResponseBody();
            response.setAction(entry);
            return response;
        });
    }

    private static CompletionStage<Reply> release(RoomSession administrator, ReleaseBody request) {
        ModerationOrder order = ModerationOrder.author(
                ModerationAction.Type.RELEASE,
                orEmpty(request.getAuthor()),
                room(request.getRoom()),
                null,
                orEmpty(request.getReason()));
        return ruled(administrator, order, entry -> {
            ReleaseResponseBody response = new ReleaseResponseBody();
            response.setAction(entry);
            return response;
        });
    }

    private static CompletionStage<Reply> ruled(
            RoomSession moderator, ModerationOrder order, Function<ModerationEntry, Object> response) {
        return moderator.rule(order).thenApply(action -> Reply.of(response.apply(SchemaMapper.entry(action, false))));
    }

    private static CompletionStage<Reply> sanctions(RoomSession moderator, SanctionsBody request) {
        return moderator.sanctions(room(request.getRoom())).thenApply(actions -> {
            SanctionsResponseBody response = new SanctionsResponseBody();
            response.getAction().addAll(entries(actions, false));
            return Reply.of(response);
        });
    }

    private CompletionStage<Reply> audit(RoomSession moderator, AuditBody request) {
        long before = request.getBefore() == null ? Long.MAX_VALUE : request.getBefore();
        int limit = request.getLimit() == null ? maxListed : Math.min(request.getLimit(), maxListed);
        return moderator.audit(room(request.getRoom()), before, limit).thenApply(actions -> {
            AuditResponseBody response = new AuditResponseBody();
            response.getAction().addAll(entries(actions, moderator.seesAddresses()));
            return Reply.of(response);
        });
    }

    private static List<ModerationEntry> entries(List<ModerationAction> actions, boolean addressed) {
        return actions.stream()
                .map(action -> SchemaMapper.entry(action, addressed))
                .toList();
    }

    private static @Nullable RoomName room(@Nullable String name) {
        return name == null ? null : new RoomName(name);
    }

    static @Nullable Duration seconds(@Nullable Long seconds) {
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    static String orEmpty(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    private static @Nullable AddressRange range(@Nullable String text) {
        try {
            return text == null ? null : AddressRange.of(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    RefusedException.Reason.INVALID,
                    "address is neither an IP address nor a range such as 192.0.2.0/24");
        }
    }
}
