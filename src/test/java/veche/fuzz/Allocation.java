package veche.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/** Bounds the memory that decoding an input allocates, in proportion to the input. */
final class Allocation {
    private static final long CONSTANT_BYTES = 8L << 20;
    private static final long BYTES_PER_OCTET = 4_096;

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /**
     * Runs the decoding.
     *
     * @param octets the length of the input
     * @throws AssertionError if it allocates too much, also when repeated: the first run may load classes
     */
    static void assertBounded(int octets, Runnable decoding) {
        long allowed = CONSTANT_BYTES + octets * BYTES_PER_OCTET;
        LongSupplier run = () -> {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            decoding.run();
            return THREADS.getCurrentThreadAllocatedBytes() - before;
        };
        if (run.getAsLong() > allowed) {
            long allocated = run.getAsLong();
            assertTrue(allocated <= allowed, () -> allocated + " bytes allocated for " + octets + " octets");
        }
    }
}
