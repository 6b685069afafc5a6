package veche.dialect.wamp.chat;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.Client.Following;
import veche.dialect.wamp.access.UriGrant;
import veche.dialect.wamp.auth.Identities;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.PubSubMessage.Publish;
import veche.dialect.wamp.message.PubSubMessage.Published;
import veche.dialect.wamp.message.PubSubMessage.Subscribe;
import veche.dialect.wamp.message.RpcMessage.Call;
import veche.dialect.wamp.message.RpcMessage.Register;
import veche.dialect.wamp.message.WampMessage;
import veche.dialect.wamp.meta.OtherSessions;
import veche.dialect.wamp.router.Delivery;
import veche.dialect.wamp.router.Peer;
import veche.dialect.wamp.router.Roles;
import veche.dialect.wamp.router.Router;
import veche.dialect.wamp.router.RouterLimits;
import veche.dialect.wamp.router.Session;
import veche.dialect.wamp.router.Subscription;
import veche.identity.Tokens;
import veche.limit.ClientMemory;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.room.Author;
import veche.room.MessageLog;
import veche.room.Room;
import veche.room.Rooms;
import veche.room.User;

/** A failure in one session, on whatever thread, is reported to its connection and affects no other. */
class FailureIsolationTest {
    private static final Dict ACKNOWLEDGE = Dict.of("acknowledge", true);

    private final MessageLog log = Logs.memory(LogLimits.DEFAULT);
    private final Rooms rooms = new Rooms(log, new Room.Recent(16, 1 << 20));
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);

    private final Router router = Chat.router(
            rooms,
            scheduler,
            scheduler,
            (session, action, uri, match) -> UriGrant.decided(true),
            RouterLimits.DEFAULT,
            ChatLimits.DEFAULT,
            Set.of(),
            Tokens.none(),
            ClientMemory.unlimited(),
            OtherSessions.NONE);

    private final AtomicInteger users = new AtomicInteger();
    private final Throwable planted = new IllegalStateException("planted");

    /** Records messages; throws the planted failure instead once there is one. */
    private static final class FragilePeer implements RoomPeer {
        private final List<Object> received = new CopyOnWriteArrayList<>();
        private final List<Throwable> failures = new CopyOnWriteArrayList<>();
        private volatile Throwable planted;

        private void receive(Object message) {
            if (planted instanceof Error error) {
                throw error;
            }
            if (planted instanceof RuntimeException exception) {
                throw exception;
            }
            received.add(message);
        }

        @Override
        public void send(WampMessage message) {
            receive(message);
        }

        @Override
        public void deliver(Delivery delivery) {
            receive(delivery.event().topic());
        }

        @Override
        public Following follow(
                CompletionStage<Room> room, long after, Session session, Subscription subscription, boolean resuming) {
            receive(room);
            return () -> {};
        }

        @Override
        public String connection() {
            return "test";
        }

        @Override
        public void expel(String reason, Map<String, Object> details) {
            throw new AssertionError(reason);
        }

        @Override
        public void fail(Throwable cause) {
            failures.add(cause);
        }

        @Override
        public void end(String reason, String text) {
            throw new AssertionError(reason);
        }
    }

    private final FragilePeer fragile = new FragilePeer();
    private final Session session = open(fragile);
    private final FragilePeer sound = new FragilePeer();
    private final Session other = open(sound);

    @AfterEach
    void close() {
        scheduler.shutdownNow();
        log.close();
    }

    private Session open(Peer peer) {
        int number = users.incrementAndGet();
        User user = User.guest(new Author("guest:" + number, "Guest " + number));
        return router.open(
                Identities.of(user, user.author().id(), "anonymous"), new Roles(Map.of()), peer, opened -> {});
    }

    private void awaitFailure(Throwable cause) {
        await().until(() -> !fragile.failures.isEmpty());
        assertEquals(List.of(cause), fragile.failures);
        assertEquals(List.of(), sound.failures);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFailureToAnswerASubscribeIsReportedToItsConnection(boolean error) {
        fragile.planted = error ? new StackOverflowError("planted") : planted;
        router.subscribe(session, new Subscribe(1, Dict.EMPTY, "veche.room.hall"));
        await().until(() -> !fragile.failures.isEmpty());
        assertEquals(fragile.planted, fragile.failures.get(0));
    }

    @Test
    void aFailureToAcknowledgeAPublicationIsReportedToItsConnection() {
        fragile.planted = planted;
        router.publish(session, new Publish(1, ACKNOWLEDGE, "veche.room.hall", Payload.of("hi")));
        awaitFailure(planted);
    }

    @Test
    void aFailureToSendAServerResultIsReportedToItsConnection() {
        fragile.planted = planted;
        Payload room = new Payload(List.of(), Map.of("room", "hall"));
        router.call(session, new Call(1, Dict.EMPTY, "veche.history", room));
        awaitFailure(planted);
    }

    @Test
    void aFailureToSendAnEventAffectsNeitherPublisherNorOtherSubscribers() {
        FragilePeer third = new FragilePeer();
        router.subscribe(session, new Subscribe(1, Dict.EMPTY, "a.b"));
        router.subscribe(open(third), new Subscribe(1, Dict.EMPTY, "a.b"));
        fragile.planted = planted;
        router.publish(other, new Publish(1, ACKNOWLEDGE, "a.b", Payload.of(1L)));
        awaitFailure(planted);
        assertInstanceOf(Published.class, sound.received.get(sound.received.size() - 1));
        assertEquals("a.b", third.received.get(third.received.size() - 1));
    }

    @Test
    void aFailureToSendAnInvocationAffectsOnlyTheCallee() {
        router.register(session, new Register(1, Dict.EMPTY, "a.p"));
        fragile.planted = planted;
        router.call(other, new Call(1, Dict.EMPTY, "a.p", Payload.EMPTY));
        awaitFailure(planted);
        router.close(session);
        WampMessage.Error answer =
                assertInstanceOf(WampMessage.Error.class, sound.received.get(sound.received.size() - 1));
        assertEquals("wamp.error.canceled", answer.error());
    }

    @Test
    void aFailureToReportATimeoutIsReportedToItsConnection() {
        router.register(other, new Register(1, Dict.EMPTY, "a.p"));
        fragile.planted = planted;
        router.call(session, new Call(1, Dict.of("timeout", 1L), "a.p", Payload.EMPTY));
        awaitFailure(planted);
    }

    @Test
    void aFailureToFollowANewRoomAffectsOnlyThatSession() {
        FragilePeer third = new FragilePeer();
        Dict prefix = Dict.of("match", "prefix");
        router.subscribe(session, new Subscribe(1, prefix, "veche.room.new"));
        router.subscribe(open(third), new Subscribe(1, prefix, "veche.room.new"));
        await().until(() -> fragile.received.size() + third.received.size() == 2);
        fragile.planted = planted;
        router.publish(other, new Publish(1, ACKNOWLEDGE, "veche.room.news", Payload.of("hi")));
        awaitFailure(planted);
        await().until(() -> third.received.size() == 2);
    }
}
