package veche.dialect.wamp.chat;

import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import veche.dialect.wamp.meta.MetaApi;
import veche.dialect.wamp.meta.OtherSessions;
import veche.dialect.wamp.meta.SessionVisibility;
import veche.dialect.wamp.router.Authorizer;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.Recipients;
import veche.dialect.wamp.router.Router;
import veche.dialect.wamp.router.RouterLimits;
import veche.dialect.wamp.router.Session;
import veche.dialect.wamp.router.SessionListener;
import veche.dialect.wamp.router.UriAction;
import veche.identity.Tokens;
import veche.limit.ClientMemory;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.Rooms;
import veche.room.access.UserLimits;
import veche.room.privacy.AuthorData;
import veche.room.text.Search;

/** Integrates rooms into a WAMP router: their topics, procedures and per-session access control. Thread-safe. */
public final class Chat implements SessionListener, SessionVisibility {
    private final Rooms rooms;
    private final Router router;

    private Chat(Rooms rooms, Router router) {
        this.rooms = rooms;
        this.router = router;
    }

    /**
     * Creates a router with rooms and the meta APIs.
     *
     * @param scheduler runs timeouts, and publications that were deferred until the log responded
     * @param searching runs searches of messages, which may take long
     * @param authorizer decides which URIs a session may use
     * @param administrators the roles that may close the sessions of other clients
     * @param tokens verifies the tokens that replace those of open sessions
     * @param memory accounts what is held on behalf of clients
     * @param others the sessions of the other nodes
     */
    public static Router router(
            Rooms rooms,
            ScheduledExecutorService scheduler,
            Executor searching,
            Authorizer authorizer,
            RouterLimits limits,
            ChatLimits chatLimits,
            Set<String> administrators,
            Tokens tokens,
            ClientMemory memory,
            OtherSessions others) {
        Router router = new Router(new RoomTopics(rooms), authorizer, Chat::limit, scheduler, limits, memory);
        Chat chat = new Chat(rooms, router);
        router.addListener(chat);
        chat.offer(searching, chatLimits, new TokenProcedures(tokens, router::reconsider));
        MetaApi.add(router, chat, administrators, limits.testaments(), others);
        return router;
    }

    private static void limit(Session session) {
        try {
            ChatSession.rooms(session).limit(UserLimits.Action.REQUEST);
        } catch (RefusedException refused) {
            throw RoomErrors.map(refused);
        }
    }

    private void offer(Executor searching, ChatLimits limits, TokenProcedures tokens) {
        rooms.moderation().onMode(action -> RoomSignalEvents.publishMode(router.broker(), action));
        rooms.onSignal((room, signal) -> RoomSignalEvents.publish(router.broker(), room, signal));
        Offers offers = (uri, procedure) -> router.offer(uri, RoomErrors.mapping(procedure));
        new ChatProcedures(rooms, limits).offerTo(offers);
        new RoomProcedures(rooms, new Search(limits.search(), searching), limits.maxHistory()).offerTo(offers);
        new ModerationProcedures(new AuthorData(rooms), limits.maxHistory()).offerTo(offers);
        tokens.offerTo(offers);
        offers.offer("wamp.subscription.get_events", new History(router.broker(), rooms, searching, limits)::events);
    }

    @Override
    public void opening(Session session) {
        ChatSession.begin(
                session,
                rooms.roomSession(
                        ChatSession.user(session),
                        session.peer().connection(),
                        session.peer().address(),
                        new SessionAccess(router, session)));
    }

    @Override
    public void revoked(Session session, UriAction action, String uri, Match match, String reason) {
        new SessionAccess(router, session).onRevoked(action, uri, match, reason);
    }

    @Override
    public void left(Session session, boolean quietly) {
        ChatProcedures.leaveAll(session);
    }

    @Override
    public void closed(Session session, boolean quietly) {
        ChatSession.rooms(session).end();
    }

    @Override
    public boolean isVisible(Session session, Session observer) {
        return ChatSession.opened(session)
                .filter(ChatSession.rooms(observer)::mayNotice)
                .isPresent();
    }

    @Override
    public boolean isVisible(Set<String> names, Session observer) {
        return ChatSession.rooms(observer).mayNotice(rooms(names));
    }

    private static Set<RoomName> rooms(Set<String> names) {
        return names.stream().map(RoomName::new).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<String> rooms(Session session) {
        return ChatSession.opened(session).map(RoomSession::attended).orElse(Set.of()).stream()
                .map(RoomName::value)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Recipients observers(Set<String> names) {
        Set<RoomName> attended = rooms(names);
        return to -> ChatSession.rooms(to).mayNotice(attended);
    }

    @Override
    public boolean isConfined(Session session) {
        return ChatSession.user(session).confined();
    }
}
