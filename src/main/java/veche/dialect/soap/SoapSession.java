package veche.dialect.soap;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.DialectSession;
import veche.dialect.Failures;
import veche.dialect.HandshakeInfo;
import veche.dialect.MalformedMessageException;
import veche.dialect.SerialExecutor;
import veche.dialect.soap.chat.CallBody;
import veche.dialect.soap.chat.DeleteBody;
import veche.dialect.soap.chat.EditBody;
import veche.dialect.soap.chat.EraseBody;
import veche.dialect.soap.chat.HistoryBody;
import veche.dialect.soap.chat.JoinBody;
import veche.dialect.soap.chat.JoinResponseBody;
import veche.dialect.soap.chat.LeaveBody;
import veche.dialect.soap.chat.LeaveResponseBody;
import veche.dialect.soap.chat.MembersBody;
import veche.dialect.soap.chat.ReactBody;
import veche.dialect.soap.chat.ReadBody;
import veche.dialect.soap.chat.RefreshBody;
import veche.dialect.soap.chat.RevokeBody;
import veche.dialect.soap.chat.RoomsBody;
import veche.dialect.soap.chat.SendBody;
import veche.dialect.soap.chat.TypingBody;
import veche.dialect.soap.message.Addressing;
import veche.dialect.soap.message.Faults;
import veche.dialect.soap.message.FrameKind;
import veche.dialect.soap.message.Operation;
import veche.dialect.soap.message.SoapFaultException;
import veche.dialect.soap.message.SoapRequest;
import veche.identity.Identification;
import veche.identity.InvalidTokenException;
import veche.room.Author;
import veche.room.Position;
import veche.room.RefusedException;
import veche.room.Resumption;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.Rooms;
import veche.room.User;

/** The SOAP session of one client. */
final class SoapSession implements DialectSession {
    private static final System.Logger LOG = System.getLogger(SoapSession.class.getName());

    private final SoapContext services;
    private final Client client;
    private final HandshakeInfo handshake;
    private final SoapIdentity identity;
    /** One answer at a time, in the order in which the operations complete. */
    private final Executor answers;

    private final AtomicInteger pending = new AtomicInteger();
    private volatile Author author;
    private volatile FrameKind kind = FrameKind.TEXT;
    /** The latest join or leave: they are applied in the order of their requests, which are performed one at a time. */
    private volatile CompletionStage<?> lastChange = CompletableFuture.completedStage(null);

    SoapSession(SoapContext services, Client client, HandshakeInfo handshake) {
        this.services = services;
        this.client = client;
        this.answers = new SerialExecutor(services.answers(), "connection=" + client.id(), Integer.MAX_VALUE);
        this.handshake = handshake;
        this.author = handshake.author();
        this.identity = new SoapIdentity(
                services,
                client,
                handshake,
                new AccessNotices(client, services.writer(), () -> author, () -> kind, this::removedFrom, answers));
    }

    private void removedFrom(RoomName room) {
        access().memberships().leave(room);
    }

    /** After the first request was performed, or where guests are admitted. */
    private SoapIdentity.Access access() {
        return Objects.requireNonNull(identity.access(), "access");
    }

    @Override
    public void onText(String text) {
        receive(text, FrameKind.TEXT);
    }

    @Override
    public void onBinary(ByteBuffer data) {
        try {
            receive(StandardCharsets.UTF_8.newDecoder().decode(data).toString(), FrameKind.BINARY);
        } catch (CharacterCodingException notUtf8) {
            throw new MalformedMessageException(CloseCode.INVALID_PAYLOAD, "Not UTF-8");
        }
    }

    @Override
    public void onClose() {
        identity.close();
    }

    private void receive(String envelope, FrameKind requestKind) {
        kind = requestKind;
        SoapRequest request = services.reader().read(envelope, handshake.uri());
        if (request instanceof SoapRequest.Rejected rejected) {
            send(rejected.addressing(), rejected.fault(), requestKind);
        } else if (request instanceof SoapRequest.Valid valid) {
            pending.incrementAndGet();
            perform(valid)
                    .whenCompleteAsync(
                            (answer, failure) -> guarded(() -> conclude(valid, answer, failure, requestKind)), answers);
        }
    }

    private CompletionStage<Reply> perform(SoapRequest.Valid request) {
        try {
            if (pending.get() > services.settings().maxPending()) {
                throw new RefusedException(
                        RefusedException.Reason.BUSY, "Too many pending requests on this connection");
            }
            return identity.identify(request.token()).thenCompose(changed -> {
                if (changed) {
                    author = access().roomSession().user().author();
                }
                return perform(request.operation(), request.body());
            });
        } catch (RuntimeException | Error failure) {
            return CompletableFuture.failedStage(failure);
        }
    }

    /** Reports what the action throws: the completion stage would discard it, and the request would stay unanswered. */
    private void guarded(Runnable conclusion) {
        try {
            conclusion.run();
        } catch (RuntimeException | Error failure) {
            client.fail(failure);
        }
    }

    private CompletionStage<Reply> perform(Operation operation, Object body) {
        ChatService chat = services.chat();
        RoomSession roomSession = access().roomSession();
        ChatService.Caller caller = new ChatService.Caller(roomSession, author);
        return switch (operation) {
            case JOIN -> join((JoinBody) body);
            case LEAVE -> leave((LeaveBody) body);
            case SEND -> chat.send(caller, (SendBody) body);
            case HISTORY -> chat.history(caller, (HistoryBody) body);
            case MEMBERS -> chat.members(caller, (MembersBody) body);
            case ROOMS -> chat.rooms(caller, (RoomsBody) body);
            case EDIT -> chat.edit(caller, (EditBody) body);
            case DELETE -> chat.delete(caller, (DeleteBody) body);
            case REACT -> chat.react(caller, (ReactBody) body);
            case TYPING -> chat.typing(caller, (TypingBody) body);
            case READ -> chat.read(caller, (ReadBody) body);
            case REFRESH -> refresh((RefreshBody) body);
            case CALL -> chat.call(caller, (CallBody) body);
            case KICK,
                    BAN,
                    UNBAN,
                    MUTE,
                    UNMUTE,
                    SET_SLOW_MODE,
                    SET_READ_ONLY,
                    CLOSE_ROOM,
                    OPEN_ROOM,
                    HOLD,
                    RELEASE,
                    SANCTIONS,
                    AUDIT -> services.moderation().perform(roomSession, operation, body);
            case REVOKE -> services.authors().revoke(roomSession, (RevokeBody) body);
            case ERASE -> services.authors().erase(roomSession, (EraseBody) body);
        };
    }

    private CompletionStage<Reply> join(JoinBody join) {
        if (join.getName() != null) {
            author = services.identification().named(author, join.getName());
        }
        Author joining = author;
        FrameKind requestKind = kind;
        CompletionStage<Room> opened = open(join);
        CompletionStage<Reply> joined = lastChange
                .handle((done, failed) -> opened)
                .thenCompose(room -> room)
                .thenApply(room -> join(room, join, joining, requestKind));
        lastChange = joined;
        return joined;
    }

    private CompletionStage<Room> open(JoinBody join) {
        RoomSession roomSession = access().roomSession();
        CompletionStage<Room> opened = roomSession.open(new RoomName(join.getRoom()));
        return join.getAfter() == null
                ? opened
                : opened.thenCompose(room -> roomSession.caughtUp(room, SchemaMapper.position(join.getAfter())));
    }

    private Reply join(Room room, JoinBody join, Author joining, FrameKind requestKind) {
        RoomSession roomSession = access().roomSession();
        Memberships.Membership membership = access().memberships().join(room.name(), joining);
        Resumption resumption = join.getAfter() == null
                ? Resumption.fromTail(room, null)
                : roomSession.resume(room, SchemaMapper.position(join.getAfter()));
        JoinResponseBody response = joined(room.name(), resumption, join.getAfter() != null, services.rooms());
        if (join.getName() != null && !join.getName().equals(joining.name())) {
            response.setDisplayName(joining.name());
        }
        return new Reply(
                response,
                () -> membership.listen(
                        () -> client.follow(
                                room, resumption.after(), new EnvelopeEncoder(requestKind, services.writer()), this),
                        () -> Boolean.TRUE.equals(join.isSignals())
                                ? services.signals().listen(room.name(), client, roomSession, () -> kind)
                                : () -> {}));
    }

    private static JoinResponseBody joined(RoomName room, Resumption resumption, boolean resumed, Rooms rooms) {
        Position tail = resumption.tail();
        JoinResponseBody response = new JoinResponseBody();
        response.setRoom(room.value());
        response.setRecovered(resumed ? resumption.recovered() : null);
        response.setEpoch(tail.epoch());
        response.setPosition(tail.number());
        rooms.moderation().mode(room).map(SchemaMapper::mode).ifPresent(response::setMode);
        return response;
    }

    private CompletionStage<Reply> leave(LeaveBody leave) {
        RoomName room = new RoomName(leave.getRoom());
        CompletionStage<Reply> left = lastChange.handle((done, failed) -> {
            access().memberships().leave(room);
            return Reply.of(new LeaveResponseBody());
        });
        lastChange = left;
        return left;
    }

    private CompletionStage<Reply> refresh(RefreshBody refresh) {
        User user = services.identification().tokens().user(refresh.getToken());
        access().roomSession().renew(user);
        identity.renewed(refresh.getToken());
        author = user.author();
        return CompletableFuture.completedStage(Reply.of(SchemaMapper.refreshed(user)));
    }

    private void conclude(SoapRequest.Valid request, Reply answer, @Nullable Throwable failure, FrameKind requestKind) {
        pending.decrementAndGet();
        if (failure != null) {
            send(request.addressing(), fault(failure), requestKind);
            identity.closeUnlessIdentified();
            return;
        }
        if (request.addressing().wantsAnswer()) {
            String action = request.operation().answerAction();
            client.send(requestKind.frame(services.writer().answer(request.addressing(), action, answer.body())));
        }
        answer.afterwards().run();
    }

    private void send(Addressing to, SoapFaultException fault, FrameKind requestKind) {
        if (to.wantsFault()) {
            client.send(requestKind.frame(services.writer().fault(to, fault, handshake.language())));
        }
    }

    private SoapFaultException fault(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        if (cause instanceof RefusedException refusal) {
            return Faults.refused(refusal);
        }
        if (cause instanceof Identification.InvalidIdentityException bad) {
            return Faults.badIdentity(bad);
        }
        if (cause instanceof InvalidTokenException bad) {
            return Faults.badIdentity(bad);
        }
        if (cause instanceof Procedures.ProcedureException failed) {
            return Faults.callFailed(
                    failed.error(), ValueMapper.list(failed.args()), ValueMapper.dict(failed.kwargs()));
        }
        return Faults.internal(Failures.log(LOG, "connection=" + client.id(), cause));
    }
}
