package veche.bench.report;

/** The tables of the report. */
public enum Section {
    /** Chat, with the protocol of each server. */
    CHAT,
    /** WAMP routers: topics and calls. */
    WAMP
}
