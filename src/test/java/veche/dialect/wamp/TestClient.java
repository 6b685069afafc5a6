package veche.dialect.wamp;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.REGISTER;
import static veche.testing.MessageType.REGISTERED;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.SUBSCRIBED;
import static veche.testing.MessageType.WELCOME;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.DialectSession;
import veche.dialect.Frame;
import veche.dialect.MalformedMessageException;
import veche.dialect.MessageEncoder;
import veche.dialect.wamp.codec.DecodingLimits;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.codec.Formats;
import veche.room.Room;

/** A client without a socket: passes messages to a dialect session and records the messages that it receives. */
public final class TestClient implements Client {
    public static final Formats FORMATS = new Formats(DecodingLimits.DEFAULT);

    private static final Set<String> FEATURES = Set.of(
            "call_canceling",
            "call_timeout",
            "payload_passthru_mode",
            "progressive_call_invocations",
            "progressive_call_results");

    private final String subprotocol;
    private final LongSupplier committed;
    private final Format format;
    private final List<Frame> frames = new ArrayList<>();
    private final List<List<Object>> messages = new ArrayList<>();
    private final List<FollowedRoom> followed = new ArrayList<>();
    private DialectSession dialectSession;
    private CloseCode closeCode;
    private String closeReason;
    private CloseCode delayedCloseCode;
    private final Map<Long, Runnable> onArrival = new HashMap<>();
    private int read;
    private long lastRequest;
    public long session;

    /** @param committed returns the number of commits of all rooms */
    TestClient(String subprotocol, LongSupplier committed) {
        this.subprotocol = subprotocol;
        this.committed = committed;
        this.format = format(subprotocol);
    }

    private static Format format(String subprotocol) {
        return switch (subprotocol) {
            case "wamp.2.msgpack" -> FORMATS.msgpack();
            case "wamp.2.cbor" -> FORMATS.cbor();
            case "wamp.2.json.batched" -> FORMATS.jsonBatched();
            case "wamp.2.msgpack.batched" -> FORMATS.msgpackBatched();
            case "wamp.2.cbor.batched" -> FORMATS.cborBatched();
            default -> FORMATS.json();
        };
    }

    void attach(DialectSession dialectSession) {
        this.dialectSession = dialectSession;
    }

    public DialectSession dialectSession() {
        return dialectSession;
    }

    /** Every role with every feature. */
    public static Map<String, Object> allRoles() {
        Map<String, Object> features = new LinkedHashMap<>();
        FEATURES.forEach(feature -> features.put(feature, true));
        Map<String, Object> role = dict("features", features);
        return dict("publisher", role, "subscriber", role, "caller", role, "callee", role);
    }

    /** Opens an anonymous session with every role and feature. */
    public void hello() {
        sendMessage(HELLO, "veche", dict("roles", allRoles()));
        session = (Long) expect(WELCOME).get(1);
    }

    /** Sends a message of these fields; integers may be of type {@code int}. */
    public void sendMessage(Object... fields) {
        sendFrame(format.write(Messages.fields(fields)));
    }

    public void sendFrame(Frame frame) {
        try {
            if (frame instanceof Frame.Text text) {
                dialectSession.onText(text.text());
            } else {
                dialectSession.onBinary(((Frame.Binary) frame).data());
            }
        } catch (MalformedMessageException malformed) {
            close(malformed.code(), malformed.getMessage());
        }
    }

    /** Sends a request with the next request ID and returns that ID. */
    public long request(int type, Object... rest) {
        long number = ++lastRequest;
        List<Object> fields = new ArrayList<>(List.of(type, number));
        fields.addAll(Arrays.asList(rest));
        sendMessage(fields.toArray());
        return number;
    }

    /** Returns the subscription ID. */
    public long subscribe(String topic, Object... options) {
        request(SUBSCRIBE, dict(options), topic);
        return (Long) expect(SUBSCRIBED).get(2);
    }

    /** Returns the registration ID. */
    public long register(String procedure, Object... options) {
        request(REGISTER, dict(options), procedure);
        return (Long) expect(REGISTERED).get(2);
    }

    /** Calls the procedure and returns the first argument of RESULT. */
    public Object call(String procedure, Object... args) {
        request(CALL, dict(), procedure, Arrays.asList(args));
        List<Object> result = expect(RESULT);
        return result.size() > 3 ? ((List<?>) result.get(3)).get(0) : null;
    }

    /** The next unread message, which must be of that type. */
    public List<Object> expect(int type) {
        List<Object> next = next();
        assertEquals((long) type, next.get(0), () -> "message type of " + next);
        return next;
    }

    /** The next unread message. */
    public List<Object> next() {
        // Awaiting polls; most messages have already arrived.
        if (unread() == 0) {
            await().atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> {
                        pump();
                        return unread() > 0;
                    });
        }
        synchronized (this) {
            return messages.get(read++);
        }
    }

    /** The URI of ERROR, which must be the next unread message. */
    public String expectError() {
        return (String) expect(ERROR).get(4);
    }

    /** Asserts that the next unread message is ABORT because of a protocol violation, and the connection is closed. */
    public void expectProtocolViolation() {
        assertEquals("wamp.error.protocol_violation", expect(ABORT).get(2));
        assertEquals(CloseCode.PROTOCOL_ERROR, closeCode());
    }

    public synchronized int unread() {
        return messages.size() - read;
    }

    /** Asserts that no message is unread: a call is answered after every message that was sent earlier. */
    public void expectNothing() {
        request(CALL, dict(), "wamp.nothing.like.it");
        assertEquals("wamp.error.no_such_procedure", expectError());
    }

    public synchronized List<Frame> frames() {
        return List.copyOf(frames);
    }

    public synchronized CloseCode closeCode() {
        return closeCode;
    }

    public synchronized String closeReason() {
        return closeReason;
    }

    /** The close code of {@link #closeAfter}. */
    public synchronized CloseCode delayedCloseCode() {
        return delayedCloseCode;
    }

    /** Runs an action when a message of that type arrives, before the server continues: the fastest possible client. */
    public synchronized void onArrival(int type, Runnable action) {
        onArrival.put((long) type, action);
    }

    /** Loses the connection. */
    public void disconnect() {
        close(CloseCode.NORMAL, "");
        dialectSession.onClose();
    }

    @Override
    public String id() {
        return "test";
    }

    @Override
    public synchronized void send(Frame frame) {
        pump();
        receive(frame);
    }

    private void receive(Frame frame) {
        if (closeCode == null) {
            frames.add(frame);
            List<List<Object>> arrived = format.read(frame);
            messages.addAll(arrived);
            arrived.forEach(
                    message -> onArrival.getOrDefault(message.get(0), () -> {}).run());
        }
    }

    @Override
    public synchronized Following follow(Room room, long after, MessageEncoder encoder, Object listener) {
        FollowedRoom followedRoom = new FollowedRoom(room, encoder, listener, after);
        followed.add(followedRoom);
        pump();
        return () -> {
            synchronized (this) {
                followed.remove(followedRoom);
            }
        };
    }

    /** Follows the room once it is open; unlike in the server's fan-out, later frames do not wait for it. */
    @Override
    public Following follow(CompletionStage<Room> opening, long after, MessageEncoder encoder, Object listener) {
        CompletionStage<Following> following = opening.thenApply(room -> follow(room, after, encoder, listener));
        return () -> following.thenAccept(Following::stop);
    }

    /** Receives the messages of the followed rooms in commit order, as the fan-out of the server delivers them. */
    synchronized void pump() {
        long limit = committed.getAsLong();
        for (FollowedRoom next = earliest(limit); next != null; next = earliest(limit)) {
            next.advance(this::receive);
        }
    }

    private FollowedRoom earliest(long limit) {
        FollowedRoom earliest = null;
        for (FollowedRoom room : followed) {
            if (room.sequence() <= limit && (earliest == null || room.sequence() < earliest.sequence())) {
                earliest = room;
            }
        }
        return earliest;
    }

    /** The encoders of the followed rooms. */
    public synchronized List<MessageEncoder> encoders() {
        return followed.stream().map(FollowedRoom::encoder).toList();
    }

    @Override
    public synchronized void close(CloseCode code, String reason) {
        if (closeCode == null) {
            closeCode = code;
            closeReason = reason;
        }
    }

    @Override
    public synchronized void closeAfter(Duration delay, CloseCode code, String reason) {
        delayedCloseCode = code;
    }

    @Override
    public void fail(Throwable cause) {
        throw new AssertionError("The dialect session failed", cause);
    }

    @Override
    public String toString() {
        return subprotocol + messages;
    }
}
