package veche.operation;

import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.SUBSCRIBE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import veche.testing.RawClient;
import veche.testing.Token;

/**
 * A WAMP subscriber that resumes on the next node whenever its connection ends, and verifies that it misses nothing and
 * receives nothing twice. Thread-safe.
 */
final class ResumingSubscriber implements AutoCloseable {
    private static final Pattern EPOCH = Pattern.compile("\"_epoch\":\"(\\w+)\"");
    private static final Pattern POSITION = Pattern.compile("\"_position\":(\\d+)");
    private static final Pattern TEXT = Pattern.compile("\\},\\[\"([^\"]*)\"\\]");

    private static final Duration RETRY = Duration.ofMillis(50);

    private final List<URI> nodes;
    private final String room;
    private final String user;
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final AtomicInteger connects = new AtomicInteger();
    private volatile boolean closed;
    private volatile RawClient client;
    private String epoch = "";
    private volatile long position = -1;

    /** @param first the index of its first node */
    ResumingSubscriber(List<URI> nodes, int first, String room, String user) {
        this.nodes = nodes;
        this.room = room;
        this.user = user;
        Thread thread = new Thread(() -> run(first), user);
        thread.setDaemon(true);
        thread.start();
    }

    private void run(int first) {
        for (int node = first; !closed; node++) {
            try (RawClient connected = connect(nodes.get(node % nodes.size()))) {
                client = connected;
                follow(connected);
            } catch (SocketTimeoutException | UncheckedIOException silence) {
                // A node that has ended, or is silent: the next one, or the same once it has started again.
                LockSupport.parkNanos(RETRY.toNanos());
            } catch (IOException ended) {
                // As after a close frame.
            }
        }
    }

    private RawClient connect(URI node) throws IOException {
        RawClient connected = new RawClient(
                URI.create(node + "/chat?access_token=" + Token.of(user, user)), "Sec-WebSocket-Protocol: wamp.2.json");
        if (!connected.response().contains(" 101 ")) {
            connected.close();
            throw new IOException("refused");
        }
        return connected;
    }

    private void follow(RawClient connected) throws IOException {
        connected.send("[" + HELLO + ",\"veche\",{\"roles\":{\"subscriber\":{}}}]");
        connected.nextText();
        String after = position < 0 ? "null" : "{\"epoch\":\"" + epoch + "\",\"position\":" + position + "}";
        connected.send("[" + SUBSCRIBE + ",1,{\"_after\":" + after + "},\"veche.room." + room + "\"]");
        connected.nextText();
        begin(connected.nextText());
        while (!closed) {
            receive(connected.nextText());
        }
    }

    private void begin(String state) {
        if (!state.contains("\"_recovered\":true")) {
            faults.add("not recovered: " + state);
        } else if (position < 0) {
            epoch = group(EPOCH, state);
            position = Long.parseLong(group(POSITION, state));
        }
        connects.incrementAndGet();
    }

    private void receive(String event) {
        if (Long.parseLong(group(POSITION, event)) != position + 1) {
            faults.add("after " + position + ": " + event);
        }
        texts.add(group(TEXT, event));
        position++;
    }

    private static String group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException(pattern + " is not in " + text);
        }
        return matcher.group(1);
    }

    /** The number of successful subscriptions. */
    int connects() {
        return connects.get();
    }

    /** What has been received. */
    List<String> texts() {
        return texts;
    }

    /** Gaps, repetitions and positions that could not be resumed. */
    List<String> faults() {
        return faults;
    }

    @Override
    public void close() {
        closed = true;
        RawClient connected = client;
        if (connected != null) {
            connected.close();
        }
    }
}
