package veche.dialect.soap;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.DialectSession;
import veche.dialect.Frame;
import veche.dialect.HandshakeInfo;
import veche.dialect.MessageEncoder;
import veche.identity.Identification;
import veche.identity.Issuer;
import veche.identity.Tokens;
import veche.limit.FailedLogins;
import veche.limit.Rate;
import veche.limit.Refusals;
import veche.room.Author;
import veche.room.Message;
import veche.room.Permissions;
import veche.room.Room;
import veche.room.Rooms;
import veche.room.User;

/**
 * A server without sockets: rooms over a synchronous log, the SOAP dialect, and members that record received frames.
 */
final class SoapFixture {
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "soap-fixture");
        thread.setDaemon(true);
        return thread;
    });

    final SynchronousLog log = new SynchronousLog();
    final Rooms rooms;
    final AtomicReference<Procedures> procedures = new AtomicReference<>(Procedures.none());
    /** Whether a user whom a token identifies may connect. */
    CompletionStage<Boolean> admission = CompletableFuture.completedFuture(true);

    final SoapDialect dialect;
    private final List<Follower> followers = new ArrayList<>();
    private final Map<MessageEncoder, Map<Message, Frame>> frames = new HashMap<>();
    private int encodedFrames;

    SoapFixture() {
        this(SoapSettings.DEFAULT);
    }

    SoapFixture(Permissions permissions) {
        this(SoapSettings.DEFAULT, permissions);
    }

    SoapFixture(SoapSettings settings) {
        this(settings, Permissions.DEFAULT);
    }

    SoapFixture(SoapSettings settings, Permissions permissions) {
        rooms = new Rooms(log, new Room.Recent(64, 1 << 20), permissions, Clock.systemUTC());
        rooms.onGrowth((room, before) -> deliver(room));
        dialect = new SoapDialect(
                rooms,
                (caller, procedure, args, kwargs) -> procedures.get().call(caller, procedure, args, kwargs),
                new Identification(new Tokens(Issuer.settings(), Runnable::run)),
                new SoapLogin(
                        new Tokens(Issuer.settings(), Runnable::run),
                        new FailedLogins(Optional.of(Rate.of("1/h burst 2")), Optional::of, new Refusals()),
                        (user, address) -> admission),
                settings,
                Runnable::run,
                TIMER);
    }

    /** The number of frames encoded for followers. */
    int encodedFrames() {
        return encodedFrames;
    }

    /** A member that the server has authenticated. */
    Member member(String name) {
        return member(name, Locale.ENGLISH);
    }

    Member member(String name, Locale language) {
        return new Member(new Author("user:" + name, name), language);
    }

    Member guest(String name) {
        return new Member(new Author("guest:" + name, name), Locale.ENGLISH);
    }

    Member member(User user) {
        return new Member(user, Locale.ENGLISH);
    }

    private void deliver(Room room) {
        List.copyOf(followers).stream()
                .filter(follower -> follower.room == room)
                .forEach(Follower::catchUp);
    }

    private Frame frame(MessageEncoder encoder, Message message) {
        return frames.computeIfAbsent(encoder, e -> new HashMap<>()).computeIfAbsent(message, m -> {
            encodedFrames++;
            return encoder.encode(m);
        });
    }

    private final class Follower {
        private final Member member;
        private final Room room;
        private final MessageEncoder encoder;
        private long after;

        Follower(Member member, Room room, long after, MessageEncoder encoder) {
            this.member = member;
            this.room = room;
            this.after = after;
            this.encoder = encoder;
        }

        void catchUp() {
            for (Message message :
                    room.after(after, Integer.MAX_VALUE).toCompletableFuture().join()) {
                after = message.position().number();
                member.send(frame(encoder, message));
            }
        }
    }

    /** One connection. */
    final class Member implements Client {
        final BlockingDeque<Frame> received = new LinkedBlockingDeque<>();
        final DialectSession session;
        private final String name;
        /** Code and reason; null while it is open. */
        volatile String closed;

        Member(Author author, Locale language) {
            this(User.guest(author), language);
        }

        Member(User user, Locale language) {
            this.name = user.author().name();
            this.session = dialect.open(
                    this,
                    new HandshakeInfo(
                            "soap",
                            user,
                            URI.create("ws://chat.example:8080/chat"),
                            Map.of(),
                            Map.of(),
                            "127.0.0.1",
                            List.of(language)));
        }

        /** Sends an envelope in a text frame and returns the next envelope received. */
        ReceivedEnvelope request(String envelope) {
            session.onText(envelope);
            return next();
        }

        /** Requests an operation. */
        ReceivedEnvelope request(String operation, String content) {
            return request(Envelopes.request(operation, content));
        }

        /** The next envelope received, in sending order; moderation is answered by another thread. */
        ReceivedEnvelope next() {
            try {
                Frame frame = received.poll(10, TimeUnit.SECONDS);
                if (frame == null) {
                    throw new AssertionError(name + " received nothing");
                }
                return ReceivedEnvelope.of(frame);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        boolean receivedNothing() {
            return received.isEmpty();
        }

        @Override
        public String id() {
            return "connection-of-" + name;
        }

        @Override
        public void send(Frame frame) {
            received.add(frame);
        }

        @Override
        public Following follow(Room room, long after, MessageEncoder encoder, Object listener) {
            Follower follower = new Follower(this, room, after, encoder);
            followers.add(follower);
            follower.catchUp();
            return () -> followers.remove(follower);
        }

        @Override
        public Following follow(CompletionStage<Room> opening, long after, MessageEncoder encoder, Object listener) {
            throw new AssertionError("The room is open");
        }

        @Override
        public void close(CloseCode code, String reason) {
            closed = code + " " + reason;
        }

        @Override
        public void fail(Throwable cause) {
            throw new AssertionError(cause);
        }

        @Override
        public void closeAfter(Duration delay, CloseCode code, String reason) {
            throw new AssertionError("SOAP sessions close by throwing");
        }
    }
}
