package veche.bench.report;

/** The tables of the report. */
public enum Section {
    /** Chat in whatever dialect a server has. */
    CHAT,
    /** What a WAMP router does: topics and calls. */
    WAMP
}
