package veche.deployment;

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

/** Listeners and senders in one room, through whatever happens to the server. */
final class Crowd implements AutoCloseable {
    private static final int GOING_AWAY = 1001;
    private static final int PUBLISHED = 17;
    private static final int SUBSCRIBED = 33;
    private static final int EVENT = 36;
    private static final int MILLIS_BETWEEN_MESSAGES = 25;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Queue<Long> aways = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> codes = new ConcurrentLinkedQueue<>();
    private final Queue<Long> returns = new ConcurrentLinkedQueue<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final List<Listener> listeners;
    private final List<Sender> senders;
    private final String topic;
    private volatile boolean finishing;

    /** @param chat the endpoint, without a query */
    Crowd(URI chat, String room, int listening, int sending) {
        topic = "veche.room." + room;
        listeners = IntStream.range(0, listening)
                .mapToObj(n -> new Listener(chat, sending))
                .toList();
        senders = IntStream.range(0, sending)
                .mapToObj(n -> new Sender(chat, room, n))
                .toList();
    }

    /** Follows the room from where it stood before, and judges what it hears. */
    private final class Listener extends Returning {
        private final int[] next;
        private String epoch;
        private long position;
        private boolean cameBefore;
        private volatile int there;

        Listener(URI chat, int senders) {
            super(Crowd.this, chat);
            next = new int[senders];
        }

        @Override
        void welcomed() {
            String after = epoch == null ? "null" : "{\"epoch\":\"" + epoch + "\",\"position\":" + position + "}";
            say("[32,1,{\"_after\":" + after + "},\"" + topic + "\"]");
        }

        @Override
        void hear(int type, JsonArray message) {
            if (type == EVENT) {
                JsonObject details = message.getJsonObject(3);
                if (details.containsKey("_recovered")) {
                    here(details);
                } else {
                    told(
                            details.getJsonNumber("_position").longValue(),
                            message.getJsonArray(4).getString(0));
                }
            } else if (type != SUBSCRIBED) {
                complaints.add("Heard " + message);
            }
        }

        private void here(JsonObject details) {
            if (cameBefore) {
                returns.add(System.nanoTime());
                if (!details.getBoolean("_recovered")
                        || !details.getString("_epoch").equals(epoch)) {
                    complaints.add("Not recovered: " + details);
                }
            } else {
                position = details.getJsonNumber("_position").longValue();
            }
            epoch = details.getString("_epoch");
            cameBefore = true;
            there++;
        }

        private void told(long at, String text) {
            String[] said = text.split(" ");
            int sender = Integer.parseInt(said[0]);
            int number = Integer.parseInt(said[1]);
            if (at != position + 1 || number != next[sender]) {
                complaints.add("Heard " + text + " at " + at + " after " + position + ", expected " + next[sender]);
            }
            position = at;
            next[sender] = number + 1;
        }

        boolean heardAll() {
            return senders.stream().allMatch(sender -> next[sender.number] == sender.acknowledged);
        }
    }

    /** Says the next message when the last one is acknowledged, and the same again with its key where that is not known. */
    private final class Sender extends Returning {
        private final String room;
        private final int number;
        private volatile int acknowledged;
        private long request;

        Sender(URI chat, String room, int number) {
            super(Crowd.this, URI.create(chat + "?guest=" + room + "-guest-" + number));
            this.room = room;
            this.number = number;
        }

        @Override
        void welcomed() {
            request = 0;
            publish();
        }

        private void publish() {
            String key = room + "-" + number + "-" + acknowledged;
            say("[16," + ++request + ",{\"acknowledge\":true},\"" + topic + "\",[\"" + number + " " + acknowledged
                    + "\"],{\"key\":\"" + key + "\"}]");
        }

        @Override
        void hear(int type, JsonArray message) {
            if (type != PUBLISHED) {
                complaints.add("A sender heard " + message);
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

    void away(int code) {
        codes.add(code);
        if (code == GOING_AWAY) {
            aways.add(System.nanoTime());
        }
    }

    void listen() {
        listeners.forEach(Returning::come);
    }

    void speak() {
        senders.forEach(Returning::come);
    }

    /** How many listeners have come for at least that many times. */
    long there(int times) {
        return listeners.stream().filter(one -> one.there >= times).count();
    }

    /** How many messages have been acknowledged to those who said least. */
    int said() {
        return senders.stream().mapToInt(one -> one.acknowledged).min().orElseThrow();
    }

    /** Lets the senders say what they have begun, and no more. */
    void finish() {
        finishing = true;
    }

    /** How many listeners have heard each acknowledged message. */
    long informed() {
        return listeners.stream().filter(Listener::heardAll).count();
    }

    /** What went wrong: a hole, a repeat, an answer that was not expected. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** How the connections ended: code and how many. */
    Map<Integer, Long> codes() {
        Map<Integer, Long> counts = new TreeMap<>();
        codes.forEach(code -> counts.merge(code, 1L, Long::sum));
        return counts;
    }

    /** When connections were sent away (1001), in ns; listeners' and senders'. */
    List<Long> aways() {
        return new ArrayList<>(aways);
    }

    /** When listeners were back and had their place again, in ns. */
    List<Long> returns() {
        return new ArrayList<>(returns);
    }

    @Override
    public void close() {
        listeners.forEach(Returning::leave);
        senders.forEach(Returning::leave);
        timer.shutdownNow();
    }
}
