package veche.web;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
import veche.room.MessageLog;
import veche.room.Rooms;
import veche.room.cluster.Backbone;
import veche.room.cluster.ClusterNode;
import veche.room.cluster.NodeReport;
import veche.socket.SessionRegistry;

/** The nodes of the cluster: what this one reports to the others, and what they have reported. Thread-safe. */
public final class ClusterState {
    private final String name;
    private final String version;
    private final Instant started = Instant.now();
    private final SessionRegistry sessions;
    private final Rooms rooms;
    private final MessageLog log;
    private volatile NodeReport.State state = NodeReport.State.RUNNING;

    /**
     * @param name of this node
     * @param version of Veche
     */
    public ClusterState(String name, String version, SessionRegistry sessions, Rooms rooms, MessageLog log) {
        this.name = name;
        this.version = version;
        this.sessions = sessions;
        this.rooms = rooms;
        this.log = log;
    }

    /** The name of this node. */
    String name() {
        return name;
    }

    /** Begins to report. */
    public void start() {
        backbone().report(this::report);
    }

    /** Reports at once that this node is about to end. */
    public void drain() {
        state = NodeReport.State.DRAINING;
        backbone().report(this::report);
    }

    private Backbone backbone() {
        return log.backbone();
    }

    private NodeReport report() {
        return new NodeReport(version, state, figures());
    }

    /** Without a JSON library, which threads of the backbone may not find on some servers. */
    private String figures() {
        Runtime runtime = Runtime.getRuntime();
        String feed = log.following()
                .map(following ->
                        ",\"feedAgeMs\":" + following.age().toMillis() + ",\"signals\":" + following.signals())
                .orElse("");
        return "{\"connections\":" + sessions.size()
                + ",\"rooms\":" + rooms.open()
                + ",\"heapBytes\":" + (runtime.totalMemory() - runtime.freeMemory())
                + ",\"maxHeapBytes\":" + runtime.maxMemory()
                + ",\"carrier\":\"" + backbone().carrier() + "\""
                + feed + "}";
    }

    /** This node, then the others. */
    JsonArrayBuilder json() {
        JsonArrayBuilder nodes = Json.createArrayBuilder();
        nodes.add(node(name, started, report()).add("self", true));
        backbone().nodes().stream().map(ClusterState::node).forEach(nodes::add);
        return nodes;
    }

    private static JsonObjectBuilder node(ClusterNode node) {
        return node(node.id().name(), node.started(), node.report())
                .add("incarnation", node.id().incarnation().toString());
    }

    private static JsonObjectBuilder node(String name, Instant started, NodeReport report) {
        try (JsonReader figures = Json.createReader(new StringReader(report.figures()))) {
            return Json.createObjectBuilder()
                    .add("name", name)
                    .add("version", report.version())
                    .add("started", started.toString())
                    .add("state", report.state().wireName())
                    .add("figures", figures.readObject());
        }
    }
}
