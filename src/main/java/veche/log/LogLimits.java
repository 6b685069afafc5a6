package veche.log;

import java.time.Duration;

/**
 * The limits of a log.
 *
 * @param writes how much may wait and how much goes into one transaction
 * @param reads how many may read, and how much at once
 * @param retention how long and how much is kept
 */
public record LogLimits(Writes writes, Reads reads, Retention retention) {
    /** The defaults of every part. */
    public static final LogLimits DEFAULT = new LogLimits(Writes.DEFAULT, Reads.DEFAULT, Retention.DEFAULT);

    /**
     * The bounds of writing. More than may wait is refused at once with {@code BUSY}; a single message may always wait.
     *
     * @param pendingMessages how many messages may wait; default 65,536
     * @param pendingBytes how many bytes of content may wait; default 64 MiB
     * @param batchMessages how many messages go into one transaction; default 8,192
     * @param batchBytes how many bytes of content go into one transaction; default 8 MiB
     * @param keyMemory how long an author's key is known; default 24 h
     */
    public record Writes(
            int pendingMessages, long pendingBytes, int batchMessages, long batchBytes, Duration keyMemory) {
        /** What holds where nothing else is said. */
        public static final Writes DEFAULT = new Writes(65_536, 64L << 20, 8_192, 8L << 20, Duration.ofHours(24));

        public Writes {
            Check.require(pendingMessages > 0 && pendingBytes > 0, "pending");
            Check.require(batchMessages > 0 && batchBytes > 0, "batch");
            Check.require(!keyMemory.isNegative(), "keyMemory");
        }
    }

    /**
     * The bounds of reading. More than may wait is refused at once with {@code BUSY}.
     *
     * @param threads how many read at the same time, each with a connection of its own; default 2
     * @param pending how many may wait for them; default 4,096
     * @param bytes how many bytes of content one answer has at most, though always one message; default 1 MiB
     */
    public record Reads(int threads, int pending, long bytes) {
        /** What holds where nothing else is said. */
        public static final Reads DEFAULT = new Reads(2, 4_096, 1L << 20);

        public Reads {
            Check.require(threads > 0 && pending > 0 && bytes > 0, "reads");
        }
    }

    /**
     * What is kept. Both rules hold; a room may exceed them for a while, as they are followed in small steps.
     *
     * @param age how old a message may become; zero for any age; default 30 days
     * @param messages how many messages a room may hold; 0 for any number; default 100,000
     * @param revisions how long the content that an edit or deletion replaced is kept for the audit; zero for no longer
     *     than until the next clean-up; default 30 days
     * @param interval how often old messages are looked for; default one minute
     */
    public record Retention(Duration age, long messages, Duration revisions, Duration interval) {
        /** What holds where nothing else is said. */
        public static final Retention DEFAULT =
                new Retention(Duration.ofDays(30), 100_000, Duration.ofDays(30), Duration.ofMinutes(1));

        /** Everything is kept for ever. */
        public static final Retention UNLIMITED =
                new Retention(Duration.ZERO, 0, Duration.ofDays(30), Duration.ofMinutes(1));

        public Retention {
            Check.require(!age.isNegative() && !revisions.isNegative() && messages >= 0, "retention");
            Check.require(interval.toNanos() > 0, "retention interval");
        }

        /** The time before which messages are too old, in milliseconds since 1970. */
        long cutoff(long now) {
            return age.isZero() ? Long.MIN_VALUE : now - age.toMillis();
        }
    }

    /** Of its own: were it this class's, a part's default that is asked for first would find itself not there yet. */
    private static final class Check {
        static void require(boolean holds, String what) {
            if (!holds) {
                throw new IllegalArgumentException("Not a limit of a log: " + what);
            }
        }
    }
}
