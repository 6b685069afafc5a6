package veche.deployment;

import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.SUBSCRIBED;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Subscribers and publishers of one room that reconnect while the server is redeployed. */
final class ReconnectingClients implements AutoCloseable {
    private static final int GOING_AWAY = 1001;
    private static final int MILLIS_BETWEEN_MESSAGES = 250;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Queue<Long> disconnections = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> closeCodes = new ConcurrentLinkedQueue<>();
    private final Queue<Long> recoveries = new ConcurrentLinkedQueue<>();
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final List<Subscriber> subscribers;
    private final List<Publisher> publishers;
    private final String topic;
    private volatile boolean finishing;

    /** @param chat the endpoint, without a query */
    ReconnectingClients(URI chat, String room, int subscriberCount, int publisherCount) {
        topic = "veche.room." + room;
        subscribers = IntStream.range(0, subscriberCount)
                .mapToObj(n -> new Subscriber(chat, publisherCount))
                .toList();
        publishers = IntStream.range(0, publisherCount)
                .mapToObj(n -> new Publisher(chat, room, n))
                .toList();
    }

    /** Resumes at its last position and checks that no message is missing, repeated or out of order. */
    private final class Subscriber extends ReconnectingClient {
        private final int[] next;
        private String epoch;
        private long position;
        private boolean joinedBefore;
        private volatile int joined;

        Subscriber(URI chat, int publishers) {
            super(ReconnectingClients.this, chat);
            next = new int[publishers];
        }

        @Override
        void onWelcome() {
            String after = epoch == null ? "null" : "{\"epoch\":\"" + epoch + "\",\"position\":" + position + "}";
            send("[" + SUBSCRIBE + ",1,{\"_after\":" + after + "},\"" + topic + "\"]");
        }

        @Override
        void onMessage(int type, JsonArray message) {
            if (type == EVENT) {
                JsonObject details = message.getJsonObject(3);
                if (details.containsKey("_recovered")) {
                    onSubscribed(details);
                } else {
                    onText(
                            details.getJsonNumber("_position").longValue(),
                            message.getJsonArray(4).getString(0));
                }
            } else if (type != SUBSCRIBED) {
                errors.add("Unexpected message " + message);
            }
        }

        private void onSubscribed(JsonObject details) {
            if (joinedBefore) {
                recoveries.add(System.nanoTime());
                if (!details.getBoolean("_recovered")
                        || !details.getString("_epoch").equals(epoch)) {
                    errors.add("Not recovered: " + details);
                }
            } else {
                position = details.getJsonNumber("_position").longValue();
            }
            epoch = details.getString("_epoch");
            joinedBefore = true;
            joined++;
        }

        private void onText(long at, String text) {
            String[] words = text.split(" ");
            int publisher = Integer.parseInt(words[0]);
            int number = Integer.parseInt(words[1]);
            if (at != position + 1 || number != next[publisher]) {
                errors.add("Received " + text + " at " + at + " after " + position + ", expected " + next[publisher]);
            }
            position = at;
            next[publisher] = number + 1;
        }

        boolean receivedAll() {
            return publishers.stream().allMatch(one -> next[one.number] == one.acknowledged);
        }
    }

    /**
     * Publishes a message when the previous one is acknowledged; after a reconnect, the same again with the same key.
     */
    private final class Publisher extends ReconnectingClient {
        private final String room;
        private final int number;
        private volatile int acknowledged;
        private long request;

        Publisher(URI chat, String room, int number) {
            super(ReconnectingClients.this, URI.create(chat + "?guest=" + room + "-guest-" + number));
            this.room = room;
            this.number = number;
        }

        @Override
        void onWelcome() {
            request = 0;
            publish();
        }

        private void publish() {
            String key = room + "-" + number + "-" + acknowledged;
            send("[" + PUBLISH + "," + ++request + ",{\"acknowledge\":true},\"" + topic + "\",[\"" + number + " "
                    + acknowledged + "\"],{\"key\":\"" + key + "\"}]");
        }

        @Override
        void onMessage(int type, JsonArray message) {
            if (type != PUBLISHED) {
                errors.add("A publisher received " + message);
                return;
            }
            acknowledged++;
            if (!finishing) {
                timer.schedule(this::publish, MILLIS_BETWEEN_MESSAGES, TimeUnit.MILLISECONDS);
            }
        }
    }

    HttpClient http() {
        return http;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    void disconnected(int code) {
        closeCodes.add(code);
        if (code == GOING_AWAY) {
            disconnections.add(System.nanoTime());
        }
    }

    void connectSubscribers() {
        subscribers.forEach(ReconnectingClient::connect);
    }

    void connectPublishers() {
        publishers.forEach(ReconnectingClient::connect);
    }

    /** The number of subscribers that have joined at least that many times. */
    long joined(int times) {
        return subscribers.stream().filter(one -> one.joined >= times).count();
    }

    /** The number of messages acknowledged to the slowest publisher. */
    int acknowledged() {
        return publishers.stream().mapToInt(one -> one.acknowledged).min().orElseThrow();
    }

    /** Makes the publishers stop after their current message. */
    void finish() {
        finishing = true;
    }

    /** The number of subscribers that have received every acknowledged message. */
    long complete() {
        return subscribers.stream().filter(Subscriber::receivedAll).count();
    }

    /** Gaps, duplicates and unexpected replies. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    /** The number of closed connections by close code. */
    Map<Integer, Long> closeCodes() {
        Map<Integer, Long> counts = new TreeMap<>();
        closeCodes.forEach(code -> counts.merge(code, 1L, Long::sum));
        return counts;
    }

    /** When connections were closed with 1001, in ns; those of subscribers and publishers. */
    List<Long> disconnections() {
        return new ArrayList<>(disconnections);
    }

    /** When subscribers had rejoined and recovered their position, in ns. */
    List<Long> recoveries() {
        return new ArrayList<>(recoveries);
    }

    @Override
    public void close() {
        subscribers.forEach(ReconnectingClient::stop);
        publishers.forEach(ReconnectingClient::stop);
        timer.shutdownNow();
    }
}
