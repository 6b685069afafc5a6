package veche.faults;

import jakarta.json.JsonArray;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import veche.testing.MessageType;
import veche.testing.Token;

/** One run: clients of all nodes, faults one after the other, and the verification. One thread uses it. */
final class FaultRun {
    private static final Duration COMPLETION = Duration.ofMinutes(2);
    /** The lease of a node, in which a lost one is still a member, and the repetition of its state. */
    private static final Duration PRESENCE = Duration.ofSeconds(20);

    private static final int MAX_REST_MILLIS = 3_000;

    private final FaultyCluster cluster;
    private final Deadlines deadlines;
    private final Random random;
    private final RunHistory history = new RunHistory();
    private final FaultLoad load;
    private final FaultClients clients;

    FaultRun(FaultyCluster cluster, String prefix, long seed, Deadlines deadlines) {
        this.deadlines = deadlines;
        this.cluster = cluster;
        this.random = new Random(seed);
        this.load = FaultLoad.of(cluster, history, prefix, seed);
        this.clients = new FaultClients(load);
    }

    RunHistory history() {
        return history;
    }

    /** Starts the clients; subscribers are subscribed before anything is sent. */
    void begin() throws InterruptedException {
        clients.startReaders();
        if (!within(COMPLETION, clients::allReadersSubscribed)) {
            throw new IllegalStateException("The clients cannot subscribe");
        }
        clients.startOthers();
    }

    /** Strikes at random for a time, with each of the faults once before one is repeated. */
    void strike(Duration time, Collection<Nemesis> faults) throws IOException, InterruptedException, SQLException {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - until < 0) {
            List<Nemesis> next = new ArrayList<>(faults);
            Collections.shuffle(next, random);
            while (!next.isEmpty() && System.nanoTime() - until < 0) {
                strike(List.of(next.remove(0)));
            }
        }
    }

    /** Strikes with these faults, one after the other. */
    void strike(Collection<Nemesis> faults) throws IOException, InterruptedException, SQLException {
        for (Nemesis fault : faults) {
            strike(fault);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(MAX_REST_MILLIS));
        }
    }

    /** Strikes once and measures how long subscribers then take to have everything. */
    private void strike(Nemesis nemesis) throws IOException, InterruptedException, SQLException {
        int node = random.nextInt(cluster.size());
        long at = System.nanoTime();
        nemesis.strike(cluster, cluster.node(node), random);
        if (random.nextBoolean()) {
            clients.resetSome(random);
        }
        long until = System.nanoTime();
        long caughtUp = awaitEnds(cluster.database().ends(load.prefix())) ? System.nanoTime() - until : -1;
        history.add(new Observation.Fault(nemesis.name(), nemesis.isOfOneNode() ? node : -1, at, until, caughtUp));
        System.out.printf(
                "%-32s node %d, %5d ms; all subscribers up to date after %d ms%n",
                nemesis, node, (until - at) / 1_000_000, caughtUp / 1_000_000);
    }

    private boolean awaitEnds(Map<String, Long> ends) throws InterruptedException {
        return within(deadlines.lost(), () -> clients.haveReached(ends));
    }

    private static boolean within(Duration patience, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return true;
    }

    /** Ends the load and verifies everything. */
    Findings finish() throws IOException, InterruptedException, SQLException {
        clients.settle();
        boolean complete = within(COMPLETION, clients::areComplete);
        clients.stopSenders();
        observeOutbox();
        awaitEnds(cluster.database().ends(load.prefix()));
        for (Subscriber each : clients.subscribers()) {
            each.rooms()
                    .forEach(room -> history.add(
                            new Observation.Reached(each.user(), room, each.position(room), System.nanoTime())));
        }
        observeMembers();
        observeCalls();
        clients.stopSubscribers();
        Findings findings = HistoryCheck.of(history, cluster.database().log(load.prefix()), deadlines);
        findings.require(complete, Guarantee.CAUGHT_UP, "Senders without an acknowledgement at the end");
        return findings;
    }

    private void observeOutbox() throws InterruptedException, SQLException {
        long until = System.nanoTime() + deadlines.lost().toNanos();
        List<String> rest = cluster.database().outbox(load.prefix());
        while (!rest.isEmpty() && System.nanoTime() - until < 0) {
            TimeUnit.MILLISECONDS.sleep(50);
            rest = cluster.database().outbox(load.prefix());
        }
        history.add(new Observation.OutboxRest(rest, System.nanoTime()));
    }

    private void observeMembers() throws InterruptedException {
        long until = System.nanoTime() + PRESENCE.toNanos();
        for (int node = 0; node < cluster.size(); node++) {
            for (String room : load.rooms()) {
                Set<String> connected = new HashSet<>();
                clients.subscribers().stream()
                        .filter(subscriber -> subscriber.rooms().contains(room))
                        .forEach(subscriber -> connected.add("user:" + subscriber.user()));
                int observed = node;
                within(
                        Duration.ofNanos(until - System.nanoTime()),
                        () -> members(observed, room).equals(connected));
                history.add(new Observation.Members(node, room, connected, members(node, room), System.nanoTime()));
            }
        }
    }

    /** A procedure of a callee whose connection was lost becomes free when its node is considered lost. */
    private void observeCalls() throws InterruptedException {
        for (int node = 0; node < cluster.size(); node++) {
            int observed = node;
            boolean executed = within(PRESENCE, () -> call(observed).startsWith("[" + MessageType.RESULT + ","));
            history.add(new Observation.CalledAfterwards(node, executed, call(node), System.nanoTime()));
        }
    }

    private String call(int node) {
        String token = Token.of("observer", "observer");
        try (WampLink link = new WampLink("observer", cluster.node(node).chat(), token, event -> {})) {
            return link.call(load.procedure(), "[\"observer\"]")
                    .get(5, TimeUnit.SECONDS)
                    .toString();
        } catch (IOException | ExecutionException | TimeoutException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e.toString();
        }
    }

    private Set<String> members(int node, String room) {
        Set<String> members = new HashSet<>();
        String token = Token.of("observer", "observer");
        try (WampLink link = new WampLink("observer", cluster.node(node).chat(), token, event -> {})) {
            JsonArray answer = link.call("veche.members", "[\"" + room + "\"]").get(5, TimeUnit.SECONDS);
            answer.getJsonArray(3)
                    .getJsonArray(0)
                    .forEach(each -> members.add(each.asJsonObject().getString("id")));
        } catch (IOException | ExecutionException | TimeoutException e) {
            members.add(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return members;
    }
}
