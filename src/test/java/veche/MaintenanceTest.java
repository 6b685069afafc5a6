package veche;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import veche.room.MessageLog;
import veche.room.Permissions;
import veche.room.Room;
import veche.room.RoomStateStore;
import veche.room.Rooms;

class MaintenanceTest {
    /** A timer that records periodic tasks without running them. */
    private static final class Timer extends ScheduledThreadPoolExecutor {
        private final List<Runnable> tasks = new ArrayList<>();

        Timer() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
            tasks.add(task);
            return null;
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Test
    void aFailedTaskRunsAgainAtItsNextScheduledTime() {
        ModerationSettings settings = new ModerationSettings(
                Permissions.DEFAULT,
                ModerationSettings.GuestNaming.MARKED,
                Duration.ZERO,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                Duration.ofDays(30),
                Duration.ofSeconds(3),
                Duration.ofDays(90));
        Timer timer = new Timer();
        List<String> calls = new ArrayList<>();
        RoomStateStore failing = proxy(RoomStateStore.class, (stateStore, method, args) -> {
            calls.add(method.getName());
            throw new IllegalStateException("planted");
        });
        MessageLog log =
                proxy(MessageLog.class, (self, method, args) -> method.getName().equals("stateStore") ? failing : null);
        new Maintenance(new Rooms(log, new Room.Recent(16, 1 << 20)), settings, timer).start();
        timer.shutdownNow();
        timer.tasks.forEach(Runnable::run);
        assertEquals(List.of("after", "revocations"), calls);
    }
}
