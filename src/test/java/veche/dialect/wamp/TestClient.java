package veche.dialect.wamp;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import veche.room.Entry;
import veche.room.Message;
import veche.room.Room;

/** One end of a connection without a socket: says messages to a conversation, keeps what it hears in order. */
final class TestClient implements Client {
    static final Formats FORMATS = new Formats(DecodingLimits.DEFAULT);

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
    private final List<Feed> feeds = new ArrayList<>();
    private DialectSession dialectSession;
    private CloseCode closeCode;
    private String closeReason;
    private CloseCode closingLater;
    private int read;
    private long lastRequest;
    long session;

    /** @param committed how many commits are known, over all rooms */
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

    void converse(DialectSession dialectSession) {
        this.dialectSession = dialectSession;
    }

    DialectSession dialectSession() {
        return dialectSession;
    }

    /** A dict of alternating keys and values. */
    static Map<String, Object> dict(Object... entries) {
        Map<String, Object> dict = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            dict.put((String) entries[i], entries[i + 1]);
        }
        return dict;
    }

    static Map<String, Object> allRoles() {
        Map<String, Object> features = new LinkedHashMap<>();
        FEATURES.forEach(feature -> features.put(feature, true));
        Map<String, Object> role = dict("features", features);
        return dict("publisher", role, "subscriber", role, "caller", role, "callee", role);
    }

    /** Opens a session as anyone with every role and feature. */
    void hello() {
        say(HELLO, "veche", dict("roles", allRoles()));
        session = (Long) expect(WELCOME).get(1);
    }

    void say(Object... fields) {
        List<Object> message = new ArrayList<>(Arrays.asList(fields));
        message.replaceAll(field -> field instanceof Integer number ? (Object) number.longValue() : field);
        give(format.write(message));
    }

    void give(Frame frame) {
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

    /** Says a request with the next number, which it returns. */
    long request(int type, Object... rest) {
        long number = ++lastRequest;
        List<Object> fields = new ArrayList<>(List.of(type, number));
        fields.addAll(Arrays.asList(rest));
        say(fields.toArray());
        return number;
    }

    long subscribe(String topic, Object... options) {
        request(SUBSCRIBE, dict(options), topic);
        return (Long) expect(SUBSCRIBED).get(2);
    }

    long register(String procedure, Object... options) {
        request(REGISTER, dict(options), procedure);
        return (Long) expect(REGISTERED).get(2);
    }

    /** Calls, and returns the RESULT's first argument. */
    Object call(String procedure, Object... args) {
        request(CALL, dict(), procedure, Arrays.asList(args));
        List<Object> result = expect(RESULT);
        return result.size() > 3 ? ((List<?>) result.get(3)).get(0) : null;
    }

    /** The next message that was not read yet; it must be of that type. */
    List<Object> expect(int type) {
        List<Object> next = next();
        assertEquals((long) type, next.get(0), () -> "message type of " + next);
        return next;
    }

    List<Object> next() {
        // Awaiting polls; most messages are there already.
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

    /** The URI of the ERROR that comes next. */
    String expectError() {
        return (String) expect(ERROR).get(4);
    }

    synchronized int unread() {
        return messages.size() - read;
    }

    /** Whatever was said to this client before has arrived once this call has its answer, and nothing else did. */
    void expectNothing() {
        request(CALL, dict(), "wamp.nothing.like.it");
        assertEquals("wamp.error.no_such_procedure", expectError());
    }

    synchronized List<Frame> frames() {
        return List.copyOf(frames);
    }

    synchronized CloseCode closed() {
        return closeCode;
    }

    synchronized String closeReason() {
        return closeReason;
    }

    synchronized CloseCode closingLater() {
        return closingLater;
    }

    /** The connection is lost. */
    void vanish() {
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
        take(frame);
    }

    private void take(Frame frame) {
        if (closeCode == null) {
            frames.add(frame);
            messages.addAll(format.read(frame));
        }
    }

    @Override
    public synchronized Following follow(Room room, long after, MessageEncoder wording, Object listener) {
        Feed feed = new Feed(room, wording, listener, after);
        feeds.add(feed);
        pump();
        return () -> {
            synchronized (this) {
                feeds.remove(feed);
            }
        };
    }

    /** Follows the room once it is open; unlike the server's own fan-out, nothing waits for it. */
    @Override
    public Following follow(CompletionStage<Room> opening, long after, MessageEncoder wording, Object listener) {
        CompletionStage<Following> following = opening.thenApply(room -> follow(room, after, wording, listener));
        return () -> following.thenAccept(Following::stop);
    }

    /** Takes what the rooms followed hold, in the order of the commits, as the server's own fan-out does. */
    synchronized void pump() {
        long limit = committed.getAsLong();
        for (Feed feed = earliest(limit); feed != null; feed = earliest(limit)) {
            feed.advance();
        }
    }

    private Feed earliest(long limit) {
        Feed earliest = null;
        for (Feed feed : feeds) {
            if (feed.sequence() <= limit && (earliest == null || feed.sequence() < earliest.sequence())) {
                earliest = feed;
            }
        }
        return earliest;
    }

    /** How the rooms followed are worded. */
    synchronized List<MessageEncoder> encoders() {
        return feeds.stream().map(feed -> feed.wording).toList();
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
        closingLater = code;
    }

    @Override
    public void fail(Throwable why) {
        throw new AssertionError("The conversation failed", why);
    }

    @Override
    public String toString() {
        return subprotocol + messages;
    }

    private final class Feed {
        private final Room room;
        private final MessageEncoder wording;
        private final Object listener;
        private long position;

        Feed(Room room, MessageEncoder wording, Object listener, long position) {
            this.room = room;
            this.wording = wording;
            this.listener = listener;
            this.position = position;
        }

        /** The next entry's; 0 where it must be read from the log, and the greatest number where there is none. */
        long sequence() {
            if (position >= room.tail()) {
                return Long.MAX_VALUE;
            }
            Entry entry = room.recent(position + 1);
            return entry == null ? 0 : entry.sequence();
        }

        void advance() {
            Entry entry = room.recent(position + 1);
            if (entry == null) {
                List<Message> older =
                        room.after(position, 100).toCompletableFuture().join();
                older.forEach(message -> take(wording.encode(message)));
                position += older.size();
            } else {
                position++;
                if (entry.audience().admits(listener)) {
                    take(wording.encode(entry.message()));
                }
            }
        }
    }
}
