package veche.log;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import veche.room.RoomName;

/**
 * The limits of a log.
 *
 * @param writes limits of the write queue and of a transaction
 * @param reads limits of concurrent and queued reads, and of a result
 * @param retention limits of stored messages
 * @param disk limits of the space that the stored messages take
 * @param cluster how nodes of one database inform each other
 * @param outbox how messages of the outbox are moved to their rooms
 */
public record LogLimits(Writes writes, Reads reads, Retention retention, Disk disk, Cluster cluster, Outbox outbox) {
    /** The default limits. */
    public static final LogLimits DEFAULT = new LogLimits(
            Writes.DEFAULT, Reads.DEFAULT, Retention.DEFAULT, Disk.DEFAULT, Cluster.DEFAULT, Outbox.DEFAULT);

    /** The space on disk is not limited. */
    public LogLimits(Writes writes, Reads reads, Retention retention) {
        this(writes, reads, retention, Disk.UNLIMITED, Cluster.DEFAULT, Outbox.DEFAULT);
    }

    /**
     * How messages that applications have written to the outbox are moved to their rooms.
     *
     * @param poll how often a node looks for them; zero for never; default 250 ms
     * @param maxBytes maximum size of a text or file; default 1 MiB
     */
    public record Outbox(Duration poll, int maxBytes) {
        /** The default values. */
        public static final Outbox DEFAULT = new Outbox(Duration.ofMillis(250), 1 << 20);

        public Outbox {
            Check.require(!poll.isNegative() && maxBytes > 0, "outbox");
        }
    }

    /**
     * How nodes of one database inform each other of what they have committed.
     *
     * @param node the name of this node for people; default the host name
     * @param poll how often a node looks for commits of others while it receives no signals; default 200 ms
     * @param pollWithSignals the same while signals arrive, which may end without notice; default 200 ms
     * @param memory how long commits are kept for nodes that are suspended or cannot reach the database; a node that
     *     was for longer than half of it compares all its rooms instead; default 10 minutes
     */
    public record Cluster(String node, Duration poll, Duration pollWithSignals, Duration memory) {
        /** The default values. */
        public static final Cluster DEFAULT =
                new Cluster(hostName(), Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMinutes(10));

        public Cluster {
            Check.require(!node.isBlank(), "node");
            Check.require(poll.toNanos() > 0 && pollWithSignals.toNanos() > 0 && memory.toNanos() > 0, "cluster");
        }

        private static String hostName() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "localhost";
            }
        }
    }

    /**
     * Limits of the space that the messages take. Above them, new messages are refused with {@code LOG_UNAVAILABLE},
     * while everything else, which may free space, is not.
     *
     * @param maxBytes maximum size of the messages in the database, or in memory, in bytes; 0 for any; default 0
     * @param minFreeBytes free bytes to be left on the disk of a SQLite file; default 64 MiB, since a deletion is
     *     written to disk, too
     */
    public record Disk(long maxBytes, long minFreeBytes) {
        /** No limits. */
        public static final Disk UNLIMITED = new Disk(0, 0);

        /** The default limits. */
        public static final Disk DEFAULT = new Disk(0, 64L << 20);

        public Disk {
            Check.require(maxBytes >= 0 && minFreeBytes >= 0, "disk");
        }
    }

    /**
     * Limits of writing. A request that exceeds the limits of the queue is refused immediately with {@code BUSY}, and
     * so is a further one of an author whose requests would take more of the queue than they leave free. An empty queue
     * accepts a message of any size.
     *
     * @param pendingMessages maximum number of queued messages; default 65,536
     * @param pendingBytes maximum content of the queued messages in bytes; default 64 MiB
     * @param batchMessages maximum number of messages in one transaction; default 8,192
     * @param batchBytes content in bytes at which a transaction accepts no further message; default 1 MiB
     * @param keyMemory how long an author's idempotency key is remembered; default 24 h
     */
    public record Writes(
            int pendingMessages, long pendingBytes, int batchMessages, long batchBytes, Duration keyMemory) {
        /** The default limits. */
        public static final Writes DEFAULT = new Writes(65_536, 64L << 20, 8_192, 1L << 20, Duration.ofHours(24));

        public Writes {
            Check.require(pendingMessages > 0 && pendingBytes > 0, "pending");
            Check.require(batchMessages > 0 && batchBytes > 0, "batch");
            Check.require(!keyMemory.isNegative(), "keyMemory");
        }
    }

    /**
     * Limits of reading. A read that exceeds the limit of the queue is refused immediately with {@code BUSY}.
     *
     * @param threads number of reader threads, each with its own connection; default 2
     * @param pending maximum number of queued reads; default 4,096
     * @param bytes maximum content of one result in bytes; a result may always contain one message; default 1 MiB
     */
    public record Reads(int threads, int pending, long bytes) {
        /** The default limits. */
        public static final Reads DEFAULT = new Reads(2, 4_096, 1L << 20);

        public Reads {
            Check.require(threads > 0 && pending > 0 && bytes > 0, "reads");
        }
    }

    /**
     * Retention limits. Both the age and the number of messages are limited. A room may exceed the limits temporarily,
     * since it is trimmed in small steps.
     *
     * @param age maximum age of a message; zero for unlimited; default 30 days
     * @param messages maximum number of messages in a room; 0 for unlimited; default 100,000
     * @param revisions how long content that was replaced by an edit or deletion is kept for auditing; zero until the
     *     next clean-up; default 30 days
     * @param interval interval between clean-ups; default one minute
     * @param ages maximum ages in single rooms, in place of {@code age}; the first that matches applies; default none
     */
    public record Retention(Duration age, long messages, Duration revisions, Duration interval, List<RoomAge> ages) {
        /**
         * The maximum age of a message in some rooms.
         *
         * @param pattern a name, in which {@code *} stands for any characters
         * @param age zero for unlimited
         */
        public record RoomAge(String pattern, Duration age) {
            private static final Pattern FORM = Pattern.compile("[a-z0-9_*-]+");

            /** @throws IllegalArgumentException if no room can match the pattern, or the age is negative */
            public RoomAge {
                Check.require(FORM.matcher(pattern).matches(), "room pattern " + pattern);
                Check.require(!age.isNegative(), "retention");
            }
        }

        /** The default limits. */
        public static final Retention DEFAULT =
                new Retention(Duration.ofDays(30), 100_000, Duration.ofDays(30), Duration.ofMinutes(1));

        /** Messages are kept indefinitely. */
        public static final Retention UNLIMITED =
                new Retention(Duration.ZERO, 0, Duration.ofDays(30), Duration.ofMinutes(1));

        /** Creates limits that apply to all rooms. */
        public Retention(Duration age, long messages, Duration revisions, Duration interval) {
            this(age, messages, revisions, interval, List.of());
        }

        public Retention {
            ages = List.copyOf(ages);
            Check.require(!age.isNegative() && !revisions.isNegative() && messages >= 0, "retention");
            Check.require(interval.toNanos() > 0, "retention interval");
        }

        /** The time before which messages of the room are expired, in milliseconds since 1970. */
        long cutoff(RoomName room, long now) {
            return cutoff(
                    ages.stream()
                            .filter(each -> RoomSelection.matches(each.pattern(), room))
                            .findFirst()
                            .map(RoomAge::age)
                            .orElse(age),
                    now);
        }

        private static long cutoff(Duration age, long now) {
            return age.isZero() ? Long.MIN_VALUE : now - age.toMillis();
        }

        /** The same time for all rooms, by disjoint selections of them. */
        Map<RoomSelection, Long> cutoffs(long now) {
            Map<RoomSelection, Long> cutoffs = new LinkedHashMap<>();
            List<String> earlier = new ArrayList<>();
            for (RoomAge each : ages) {
                cutoffs.put(new RoomSelection(each.pattern(), earlier), cutoff(each.age(), now));
                earlier.add(each.pattern());
            }
            cutoffs.put(new RoomSelection(RoomSelection.ANY, earlier), cutoff(age, now));
            return cutoffs;
        }
    }

    /**
     * A separate class: a method of {@code LogLimits} would initialize {@code LogLimits} while a nested record is being
     * initialized, and {@code LogLimits.DEFAULT} would then contain null for that record's default.
     */
    private static final class Check {
        static void require(boolean valid, String what) {
            if (!valid) {
                throw new IllegalArgumentException("Invalid limit of the log: " + what);
            }
        }
    }
}
