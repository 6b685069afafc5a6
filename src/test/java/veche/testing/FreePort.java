package veche.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ports for the servers that tests start. */
public final class FreePort {
    /** Operating systems assign clients ports above these, also while a server restarts. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_767;

    private static final Set<Integer> RETURNED = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /** A port on which nothing listens, random since other processes choose too; a new one with each call. */
    public static int next() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1))
                .filter(port -> isFree(port) && RETURNED.add(port))
                .findFirst()
                .orElseThrow();
    }

    /** Whether nothing listens on a port. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
