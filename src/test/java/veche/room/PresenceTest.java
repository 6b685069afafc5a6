package veche.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import veche.room.cluster.Backbone;
import veche.testing.Property;

class PresenceTest {
    private static final RoomName HALL = new RoomName("hall");
    private static final RoomName ATTIC = new RoomName("attic");
    private static final Author ANN = new Author("ann", "Ann");

    private final List<String> signals = new ArrayList<>();
    private final Presence presence = presence((room, signal) -> signals.add(description(room, signal)));

    private static Presence presence(BiConsumer<RoomName, Signal> listener) {
        return new ClusterSignals(Backbone.NONE, listener).presence();
    }

    private static String description(RoomName room, Signal signal) {
        return signal.getClass().getSimpleName() + " " + signal.author().id() + " " + room;
    }

    @Test
    void aUserWithSeveralConnectionsJoinsOnceAndLeavesWithTheLast() {
        Presence.Stay first = presence.enter(HALL, ANN);
        Presence.Stay second = presence.enter(HALL, ANN);
        assertEquals(1, presence.count(HALL));
        first.end();
        assertEquals(List.of(ANN), presence.members(HALL, 10));
        second.end();
        assertEquals(0, presence.count(HALL));
        assertEquals(List.of("Joined ann hall", "Left ann hall"), signals);
    }

    @Test
    void aUserWithANewNameIsAnnouncedAgain() {
        Presence.Stay former = presence.enter(HALL, ANN);
        Author renamed = new Author("ann", "Anne");
        presence.enter(HALL, renamed);
        former.end();
        assertEquals(List.of(renamed), presence.members(HALL, 10));
        assertEquals(List.of("Joined ann hall", "Joined ann hall"), signals);
    }

    @Test
    void endingAStayTwiceDoesNotEndAnother() {
        Presence.Stay first = presence.enter(HALL, ANN);
        presence.enter(HALL, ANN);
        first.end();
        first.end();
        assertEquals(1, presence.count(HALL));
    }

    @Test
    void roomsAreCountedSeparately() {
        presence.enter(HALL, ANN);
        presence.enter(ATTIC, ANN).end();
        assertEquals(1, presence.count(HALL));
        assertEquals(0, presence.count(ATTIC));
    }

    @Test
    void noMoreMembersThanRequestedAreReturned() {
        for (int i = 0; i < 5; i++) {
            presence.enter(HALL, new Author("a" + i, "A"));
        }
        assertEquals(2, presence.members(HALL, 2).size());
        assertEquals(5, presence.members(HALL, 100).size());
    }

    @Test
    void concurrentEntriesAndExitsAreSignalledOnce() throws Exception {
        LinkedBlockingQueue<Signal> reported = new LinkedBlockingQueue<>();
        Presence busy = presence((room, signal) -> reported.add(signal));
        int threads = 4;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 2_000; round++) {
                CountDownLatch start = new CountDownLatch(1);
                List<Future<Presence.Stay>> entering = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    entering.add(pool.submit(() -> {
                        start.await();
                        return busy.enter(HALL, ANN);
                    }));
                }
                start.countDown();
                List<Presence.Stay> stays = new ArrayList<>();
                for (Future<Presence.Stay> stay : entering) {
                    stays.add(stay.get());
                }
                List<Future<?>> leaving = new ArrayList<>();
                stays.forEach(stay -> leaving.add(pool.submit(stay::end)));
                for (Future<?> left : leaving) {
                    left.get();
                }
                assertEquals(List.of(new Signal.Joined(ANN), new Signal.Left(ANN)), List.copyOf(reported));
                reported.clear();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Each number selects an author, a room, and whether a stay begins or ends. */
    @Test
    void membersAreExactlyTheUsersWithAnOpenStay() {
        Property.checkLists(300, 60, random -> random.nextInt(12), PresenceTest::assertMembersFollow);
    }

    private static void assertMembersFollow(List<Integer> steps) {
        Map<String, List<Presence.Stay>> open = new HashMap<>();
        Presence tested = presence((room, signal) -> {});
        for (int step : steps) {
            String id = "a" + step % 3;
            RoomName room = step / 3 % 2 == 0 ? HALL : ATTIC;
            List<Presence.Stay> stays = open.computeIfAbsent(room + " " + id, none -> new ArrayList<>());
            if (step >= 6 && !stays.isEmpty()) {
                stays.remove(stays.size() - 1).end();
            } else {
                stays.add(tested.enter(room, new Author(id, id)));
            }
            for (RoomName each : List.of(HALL, ATTIC)) {
                assertEquals(expected(open, each), members(tested, each));
            }
        }
    }

    private static Set<String> expected(Map<String, List<Presence.Stay>> open, RoomName room) {
        Set<String> ids = new TreeSet<>();
        open.forEach((key, stays) -> {
            if (!stays.isEmpty() && key.startsWith(room + " ")) {
                ids.add(key.substring(key.indexOf(' ') + 1));
            }
        });
        return ids;
    }

    private static Set<String> members(Presence presence, RoomName room) {
        List<Author> members = presence.members(room, 100);
        Set<String> ids = new TreeSet<>(members.stream().map(Author::id).toList());
        assertEquals(members.size(), ids.size());
        assertTrue(presence.count(room) == ids.size());
        return ids;
    }
}
