package veche.faults;

import java.time.Duration;

/**
 * The durations that decide whether something happened in time.
 *
 * @param catchUp how long after the end of a fault subscribers may lack messages
 * @param ban how long after its acknowledgement a ban may have no effect
 * @param lost after which time something is considered never to happen
 */
record Deadlines(Duration catchUp, Duration ban, Duration lost) {
    /** Those of the cluster's specification. */
    static final Deadlines STRICT = new Deadlines(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(60));

    /** For a machine that does other work at the same time. */
    static final Deadlines TOLERANT =
            new Deadlines(Duration.ofSeconds(60), Duration.ofSeconds(4), Duration.ofSeconds(60));

    /** For a cluster in which something never happens. */
    static final Deadlines WITH_BUGS =
            new Deadlines(Duration.ofSeconds(60), Duration.ofSeconds(4), Duration.ofSeconds(5));
}
