package veche.dialect.wamp.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.dialect.wamp.access.UriGrant;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.RpcMessage.Call;
import veche.dialect.wamp.message.RpcMessage.Register;
import veche.dialect.wamp.message.RpcMessage.Result;
import veche.dialect.wamp.message.RpcMessage.Yield;
import veche.dialect.wamp.message.WampMessage;
import veche.limit.ClientMemory;

/** The timeout of a call with progressive results; the test controls the scheduler. */
class ProgressTimeoutTest {
    /** Runs no task by itself. */
    private static final class Scheduler extends ScheduledThreadPoolExecutor {
        private final List<Runnable> tasks = new ArrayList<>();
        private final List<ScheduledFuture<?>> futures = new ArrayList<>();

        Scheduler() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            assertEquals(500, unit.toMillis(delay));
            tasks.add(task);
            futures.add(super.schedule(new FutureTask<>(() -> null), 1, TimeUnit.DAYS));
            return futures.get(futures.size() - 1);
        }
    }

    private final Scheduler scheduler = new Scheduler();

    private final Dealer dealer = new Dealer(
            scheduler,
            RouterLimits.DEFAULT,
            new RetentionBudget(RouterLimits.DEFAULT.retention(), ClientMemory.unlimited()),
            (topic, args) -> {});

    private final List<WampMessage> received = new ArrayList<>();
    private final Session callee = session(new ArrayList<>());
    private final Session caller = session(received);

    ProgressTimeoutTest() {
        dealer.register(callee, new Register(1, Dict.EMPTY, "a.p"));
    }

    @AfterEach
    void close() {
        scheduler.shutdownNow();
    }

    private Session session(List<WampMessage> sent) {
        Identity identity =
                new Identity("ann", "anonymous", "anonymous", "test", Map.of(), () -> "ann", List.of(), false);
        Roles roles = new Roles(Map.of("callee", Set.of("progressive_call_results", "call_canceling")));
        SessionRequests.Context context = new SessionRequests.Context(
                (session, action, uri, match) -> UriGrant.decided(true),
                session -> {},
                (session, use) -> false,
                Set.of(),
                session -> {},
                Runnable::run,
                RouterLimits.DEFAULT,
                new RetentionBudget(RouterLimits.DEFAULT.retention(), ClientMemory.unlimited()),
                Clock.systemUTC());
        return new Session(1, identity, roles, new RecordingPeer(sent), context, true);
    }

    private void call(boolean progressive) {
        Map<String, Object> options = new HashMap<>(Map.of("timeout", 500L));
        if (progressive) {
            options.put("receive_progress", true);
        }
        dealer.call(caller, new Call(1, new Dict(options), "a.p", Payload.EMPTY), UriGrant.PERMITTED);
    }

    private void answer(boolean progress) {
        dealer.yield(callee, new Yield(1, progress ? Dict.of("progress", true) : Dict.EMPTY, Payload.EMPTY));
    }

    private void expire(int scheduled) {
        scheduler.tasks.get(scheduled).run();
        WampMessage.Error last = (WampMessage.Error) received.get(received.size() - 1);
        assertEquals("wamp.error.timeout", last.error());
    }

    @Test
    void eachProgressiveResultRestartsTheTimeout() {
        call(true);
        for (int parts = 1; parts <= 4; parts++) {
            answer(true);
            assertTrue(scheduler.futures.get(parts - 1).isCancelled());
            assertFalse(scheduler.futures.get(parts).isCancelled());
            assertEquals(parts, received.size());
        }
        answer(false);
        assertTrue(scheduler.futures.get(4).isCancelled());
        assertTrue(received.stream().allMatch(Result.class::isInstance));
    }

    @Test
    void theTimeoutAppliesAfterAProgressiveResult() {
        call(true);
        answer(true);
        expire(1);
    }

    @Test
    void unrequestedProgressDoesNotRestartTheTimeout() {
        call(false);
        answer(true);
        assertEquals(1, scheduler.tasks.size());
        expire(0);
    }
}
