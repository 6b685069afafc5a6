package veche.cluster.redis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import veche.log.cluster.ParcelRelay;
import veche.testing.OwnLoader;
import veche.testing.RedisProcess;

/** A closed relay leaves no thread, and no reference to the class loader of its web application. */
class RedisRedeployTest {
    @Test
    void lettuceAndNettyReleaseTheClassLoader() throws Exception {
        try (RedisProcess redis = RedisProcess.server()) {
            OwnLoader.assertReleased(Use.class, "redis://127.0.0.1:" + redis.port());
        }
        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("veche-redis")));
    }

    /** Runs inside the other class loader. */
    public static final class Use implements Consumer<String> {
        @Override
        public void accept(String uri) {
            CountDownLatch received = new CountDownLatch(1);
            UUID inbox = UUID.randomUUID();
            try (ParcelRelay relay = new RedisRelay(
                    new RedisAccess(uri, Optional.empty(), Duration.ofSeconds(1), Duration.ofSeconds(2)))) {
                relay.receiveAt(inbox);
                relay.listen(new ParcelRelay.Receiver() {
                    @Override
                    public void received(byte[] datagram) {
                        received.countDown();
                    }

                    @Override
                    public void changed() {
                        relay.send(inbox, new byte[] {1});
                    }
                });
                assertTrue(received.await(30, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
