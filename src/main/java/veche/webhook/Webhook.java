package veche.webhook;

import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import veche.log.Logs;
import veche.log.WebhookStore;
import veche.log.WebhookStore.DeadLetter;
import veche.log.WebhookStore.Part;
import veche.log.cluster.ServiceThread;
import veche.room.MessageLog;
import veche.room.RefusedException;

/**
 * Sends events to the site, each at least once: it notes how far the site has accepted them only afterwards. Of a room,
 * one request is under way at a time, so that its events arrive in their order. Of several nodes, one sends. Thread-safe.
 */
public final class Webhook implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Webhook.class.getName());

    /** How long a node that has stopped without notice keeps the others from sending. */
    private static final Duration LEASE = Duration.ofSeconds(15);

    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration MEASURE_INTERVAL = Duration.ofSeconds(5);

    /** The share of the time that a node may spend on looking for events. */
    private static final int MAX_LOAD = 10;

    private static final int MAX_PARTS = 1_000;
    private static final int MAX_LISTED = 100;

    private final WebhookSettings settings;
    private final WebhookStore store;
    private final WebhookClient client;
    private final PartReader reader;
    private final Backoff backoff = new Backoff(new SecureRandom());
    private final WebhookStats stats = new WebhookStats();
    private final String holder = UUID.randomUUID().toString();
    private final ServiceThread thread;
    private final BlockingQueue<Runnable> results = new LinkedBlockingQueue<>();
    private final Set<Object> underWay = new HashSet<>();
    private Queue<Part> due = new ArrayDeque<>();
    private long nextLook = System.nanoTime();
    private long nextMeasure = System.nanoTime();
    private boolean begun;

    /**
     * @param log its messages must be in a database
     * @param executor sends requests
     * @throws IllegalArgumentException if the messages are in memory only
     */
    public Webhook(WebhookSettings settings, MessageLog log, Executor executor) {
        this.settings = settings;
        this.store = Logs.webhooks(log)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Setting veche.webhook.url requires a log in a database, not veche.log=memory"));
        this.client = new WebhookClient(settings, executor, Clock.systemUTC());
        this.reader = new PartReader(log, settings);
        this.thread = new ServiceThread(Webhook::daemon, this::run, CLOSE_TIMEOUT);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(null, work, "veche-webhook", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Webhook.class.getClassLoader());
        return thread;
    }

    /** Begins to send. */
    public void start() {
        LOG.log(Level.INFO, "webhook {0} events={1} rooms={2}", settings, settings.events(), settings.rooms());
        thread.start();
    }

    /** Ends sending once the requests under way are answered, or after five seconds. Blocks until then. */
    @Override
    public void close() {
        thread.close(() -> results.add(() -> {}));
        guard(() -> store.release(holder));
    }

    public WebhookStats stats() {
        return stats;
    }

    /** The oldest dead letters. Blocking. */
    public List<DeadLetter> deadLetters(int limit) {
        return store.deadLetters(false, limit);
    }

    /** Sends a dead letter once more, soon; returns whether there is one with this number. Blocking. */
    public boolean retry(long number) {
        return store.retry(number);
    }

    /** Removes a dead letter; returns whether there was one with this number. Blocking. */
    public boolean remove(long number) {
        return store.remove(number);
    }

    private void run() throws InterruptedException {
        while (!thread.isClosed()) {
            guard(this::work);
            handleResults(Math.max(1, nextLook - System.nanoTime()));
        }
        long end = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        while (!underWay.isEmpty() && System.nanoTime() < end) {
            handleResults(end - System.nanoTime());
        }
    }

    private void handleResults(long nanos) throws InterruptedException {
        Runnable result = results.poll(nanos, TimeUnit.NANOSECONDS);
        while (result != null) {
            guard(result);
            result = results.poll();
        }
    }

    /** The log has reported failures of the database; the work is done again at the next look. */
    private void guard(Runnable work) {
        try {
            work.run();
        } catch (RefusedException | CompletionException e) {
            LOG.log(Level.DEBUG, "The log does not answer the webhook now", e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Failure in the webhook", e);
        }
    }

    private void work() {
        long began = System.nanoTime();
        if (began - nextLook >= 0) {
            nextLook = began + settings.poll().toNanos();
            look();
            long pause = Math.min((System.nanoTime() - began) * MAX_LOAD, MAX_PAUSE.toNanos());
            nextLook = Math.max(nextLook, System.nanoTime() + pause);
        }
        while (underWay.size() < settings.maxRequests() && !due.isEmpty()) {
            send(due.remove());
        }
    }

    private void look() {
        due = new ArrayDeque<>();
        if (!begun) {
            store.begin(settings.selection());
            begun = true;
        }
        boolean sends = store.lease(holder, LEASE);
        if (System.nanoTime() - nextMeasure >= 0) {
            nextMeasure = System.nanoTime() + MEASURE_INTERVAL.toNanos();
            stats.measured(store.backlog(settings.selection()), deadLetters(MAX_LISTED));
        }
        if (sends) {
            store.due(settings.selection(), MAX_PARTS).stream()
                    .filter(part -> !underWay.contains(part.id()))
                    .forEach(due::add);
            if (stats.backlog().dead() > 0) {
                sendAgain();
            }
        }
    }

    private void sendAgain() {
        for (DeadLetter letter : store.deadLetters(true, settings.maxRequests())) {
            if (!underWay.contains(letter)) {
                PartReader.Events events = reader.read(letter.part());
                underWay.add(letter);
                post(letter, events, result -> finish(letter, events.part(), result));
            }
        }
    }

    /** @param sent the beginning of the part, which is all of it unless {@code veche.webhook.batch} has been reduced */
    private void finish(DeadLetter letter, Part sent, WebhookClient.Result result) {
        if (!result.delivered()) {
            store.failedAgain(letter.number(), result.failure());
        } else if (sent.until() < letter.part().until()) {
            store.failedAgain(letter.number(), "more messages than veche.webhook.batch");
        } else {
            store.remove(letter.number());
        }
    }

    private void send(Part part) {
        PartReader.Events events = reader.read(part);
        underWay.add(part.id());
        post(part.id(), events, result -> finish(part, events.part(), result));
    }

    /** @param key what is under way until the result is noted */
    private void post(Object key, PartReader.Events events, Consumer<WebhookClient.Result> onResult) {
        events.request()
                .map(client::send)
                .orElseGet(WebhookClient::nothingToSend)
                .thenAccept(result -> results.add(() -> {
                    underWay.remove(key);
                    count(events, result);
                    onResult.accept(result);
                }));
    }

    private void count(PartReader.Events events, WebhookClient.Result result) {
        if (!result.delivered()) {
            stats.addFailed();
        } else if (events.request().isPresent()) {
            stats.addDelivered();
        }
    }

    /** @param sent the beginning of the part */
    private void finish(Part part, Part sent, WebhookClient.Result result) {
        if (result.delivered()) {
            store.delivered(sent);
            if (sent.until() < part.until()) {
                due.add(new Part(part.id(), part.room(), sent.until(), part.until(), 0));
            }
        } else if (sent.attempts() + 1 < settings.maxAttempts()) {
            store.failed(sent, backoff.pause(sent.attempts(), result.retryAfter()), result.failure());
        } else {
            LOG.log(Level.WARNING, "The webhook gives up {0}: {1}", sent, result.failure());
            store.bury(sent, result.failure());
            stats.addBuried();
        }
    }
}
