package veche.dialect.wamp.router;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import veche.dialect.wamp.message.Ids;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.ProtocolViolationException;
import veche.dialect.wamp.message.PubSubMessage.Publish;
import veche.dialect.wamp.message.PubSubMessage.Subscribe;
import veche.dialect.wamp.message.PubSubMessage.Unsubscribe;
import veche.dialect.wamp.message.RpcMessage.Call;
import veche.dialect.wamp.message.RpcMessage.Cancel;
import veche.dialect.wamp.message.RpcMessage.Register;
import veche.dialect.wamp.message.RpcMessage.Unregister;
import veche.dialect.wamp.message.RpcMessage.Yield;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.message.WampMessage;
import veche.room.Audience;
import veche.room.Ejection;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.Rooms;
import veche.room.Search;

/**
 * One realm's broker and dealer: the door for sessions of any version. The calls of one session come one after the
 * other. A request that fails is answered with ERROR through the session's peer; a {@link ProtocolViolationException} is thrown, and it is
 * the caller's to end the session. Thread-safe; nothing here blocks.
 */
public final class Router {
    private final Rooms rooms;
    private final Map<Long, Session> sessions = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final ScheduledExecutorService scheduler;
    private final RouterLimits limits;
    private final Broker broker;
    private final Dealer dealer;
    private final SessionMeta sessionMeta;

    /**
     * Opens the realm.
     *
     * @param scheduler runs timeouts, and fan-out that waited for the log
     * @param searching looks through messages, and so may be busy for a while
     * @param administrators the roles that may end the sessions of others
     */
    public Router(
            Rooms rooms,
            ScheduledExecutorService scheduler,
            Executor searching,
            RouterLimits limits,
            Set<String> administrators) {
        this.rooms = rooms;
        this.scheduler = scheduler;
        this.limits = limits;
        RetentionBudget budget = new RetentionBudget(limits.retention());
        this.broker = new Broker(new RoomTopics(rooms, scheduler), limits, budget);
        this.dealer = new Dealer(scheduler, limits, budget, broker::tell);
        rooms.onSignal((room, signal) -> RoomSignalEvents.publish(broker, room, signal));
        new ChatProcedures(rooms, limits).offerTo(dealer);
        new RoomProcedures(rooms, new Search(limits.search(), searching), limits.history()).offerTo(dealer);
        new ModerationProcedures(rooms.moderation(), limits.history()).offerTo(dealer);
        this.sessionMeta = new SessionMeta(this, administrators, limits.testaments(), budget);
        sessionMeta.offerTo(dealer);
        new SubscriptionMeta(broker).offerTo(dealer);
        new RegistrationMeta(dealer.registrations()).offerTo(dealer);
        dealer.offer("wamp.subscription.get_events", new History(broker, rooms, searching, limits)::events);
    }

    /**
     * Opens a session, first telling its id to {@code welcome}, which says WELCOME: no other message overtakes it.
     *
     * @throws veche.room.RefusedException where that identity is banned
     */
    public Session open(Identity identity, Roles roles, Peer peer, Consumer<Session> welcome) {
        Session session = enroll(id -> new Session(id, identity, roles, peer, scheduler, limits));
        try {
            begin(session);
        } catch (RefusedException banned) {
            sessions.remove(session.id());
            throw banned;
        }
        welcome.accept(session);
        broker.tell(
                "wamp.session.on_join",
                Payload.of(session.details()),
                to -> notices(to, session.roomSession().attended()));
        return session;
    }

    private void begin(Session session) {
        session.roomSession(rooms.roomSession(
                session.identity().user(), session.peer().connection(), ejection -> eject(session, ejection)));
    }

    /** Ends a session and its connection. */
    private void eject(Session session, Ejection ejection) {
        if (!session.ended()) {
            session.peer().eject(ejection);
            close(session);
        }
    }

    /**
     * A session within the server: in no list, so that no administrator ends it.
     *
     * @throws veche.room.RefusedException where that identity is banned
     */
    public Session attach(Identity identity, Peer peer) {
        Session session = new Session(Ids.random(), identity, new Roles(Map.of()), peer, scheduler, limits);
        begin(session);
        return session;
    }

    private Session enroll(LongFunction<Session> create) {
        while (true) {
            Session session = create.apply(1 + (random.nextLong() & Ids.MAX - 1));
            if (sessions.putIfAbsent(session.id(), session) == null) {
                return session;
            }
        }
    }

    /** Ends a session: whoever waits for it is told, its testaments are published. Calling it again does nothing. */
    public void close(Session session) {
        close(session, false);
    }

    private void close(Session session, boolean quietly) {
        if (session.end()) {
            boolean listed = sessions.remove(session.id()) != null;
            Set<RoomName> attended = session.roomSession().attended();
            dealer.leave(session);
            broker.leave(session);
            ChatProcedures.leaveAll(session);
            if (!quietly) {
                publishTestaments(session);
            }
            sessionMeta.forget(session);
            session.roomSession().end();
            if (listed && !quietly) {
                Identity who = session.identity();
                broker.tell(
                        "wamp.session.on_leave",
                        Payload.of(session.id(), who.authid(), who.authrole()),
                        to -> notices(to, attended));
            }
        }
    }

    /** Session meta events reach a session that is confined to rooms only where they are of somebody in these. */
    private static boolean notices(Object to, Set<RoomName> attended) {
        return ((Session) to).roomSession().mayNotice(attended);
    }

    private void publishTestaments(Session session) {
        for (Testament.Scope scope : Testament.Scope.values()) {
            for (Testament testament : session.testaments) {
                if (testament.scope() == scope) {
                    Publish will = testament.publish();
                    publish(session, will, Recipients.of(will.options(), session.id()));
                }
            }
        }
    }

    /** Ends a session against its will; the text is null where there is none. */
    void end(Session session, String reason, String text) {
        end(session, reason, text, false);
    }

    /** Ends a session without its testaments and without a session meta event. */
    void endQuietly(Session session, String reason, String text) {
        end(session, reason, text, true);
    }

    private void end(Session session, String reason, String text, boolean quietly) {
        if (!session.ended()) {
            session.peer().end(reason, text);
            close(session, quietly);
        }
    }

    /** All open sessions. */
    Collection<Session> sessions() {
        return sessions.values();
    }

    /** The open session of that id. */
    public Optional<Session> session(long id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /** SUBSCRIBE. */
    public void subscribe(Session session, Subscribe request) {
        answering(session, Subscribe.TYPE, request.request(), () -> broker.subscribe(session, request));
    }

    /** UNSUBSCRIBE. */
    public void unsubscribe(Session session, Unsubscribe request) {
        answering(session, Unsubscribe.TYPE, request.request(), () -> broker.unsubscribe(session, request));
    }

    /** Ends a subscription by its topic, as WAMP v1 does; false where there is none. */
    public boolean unsubscribe(Session session, String topic) {
        return broker.unsubscribe(session, topic);
    }

    /** PUBLISH, to those whom its options name. */
    public void publish(Session session, Publish request) {
        Passthru.checkAnnounced(session, "publisher", request.options());
        Broker.check(request.options());
        publish(session, request, Recipients.of(request.options(), session.id()));
    }

    /** PUBLISH to an audience. */
    public void publish(Session session, Publish request, Audience audience) {
        try {
            broker.publish(session, request, audience);
        } catch (ProtocolViolationException violation) {
            throw violation;
        } catch (RuntimeException failure) {
            Broker.refuse(session, request, failure);
        }
    }

    /** REGISTER. */
    public void register(Session session, Register request) {
        answering(session, Register.TYPE, request.request(), () -> dealer.register(session, request));
    }

    /** UNREGISTER. */
    public void unregister(Session session, Unregister request) {
        answering(session, Unregister.TYPE, request.request(), () -> dealer.unregister(session, request));
    }

    /** CALL. */
    public void call(Session session, Call request) {
        Passthru.checkAnnounced(session, "caller", request.options());
        answering(session, Call.TYPE, request.request(), () -> dealer.call(session, request));
    }

    /** A further CALL of a progressive call. */
    public void more(Session session, Call request) {
        dealer.more(session, request);
    }

    /** CANCEL. */
    public void cancel(Session session, Cancel request) {
        answering(session, Cancel.TYPE, request.request(), () -> dealer.cancel(session, request));
    }

    /** YIELD. */
    public void yield(Session session, Yield answer) {
        dealer.yield(session, answer);
    }

    /** ERROR, for an invocation. */
    public void error(Session session, WampMessage.Error answer) {
        dealer.error(session, answer);
    }

    /** A URI that breaks the grammar, in a request of that type. */
    public static void refuseUri(Session session, int requestType, long request, String uri) {
        session.tell(
                ErrorMapper.error(requestType, request, new WampErrorException(Uri.INVALID_URI, "Not a URI: " + uri)));
    }

    private static void answering(Session session, int requestType, long request, Runnable action) {
        try {
            action.run();
        } catch (ProtocolViolationException violation) {
            throw violation;
        } catch (RuntimeException failure) {
            session.tell(ErrorMapper.error(requestType, request, failure));
        }
    }
}
