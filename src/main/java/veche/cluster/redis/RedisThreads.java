package veche.cluster.redis;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates named daemon threads, with the context class loader of the thread that created the factory. */
final class RedisThreads implements ThreadFactory {
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(null, work, "veche-redis-" + count.incrementAndGet(), 0, false);
        thread.setContextClassLoader(loader);
        thread.setDaemon(true);
        return thread;
    }
}
