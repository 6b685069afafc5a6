package veche.room.cluster;

import java.time.Instant;

/**
 * A node with its latest report.
 *
 * @param started by the clock of the database
 */
public record ClusterNode(NodeId id, Instant started, NodeReport report) {}
