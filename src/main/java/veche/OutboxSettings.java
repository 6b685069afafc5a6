package veche;

import java.lang.System.Logger.Level;
import java.util.function.Function;
import veche.log.Logs;
import veche.room.MessageLog;

/**
 * Settings of an outbox in a database other than the log's.
 *
 * @param dataSource {@code veche.outbox.data-source}: the JNDI name of the container's data source; empty for none
 * @param url {@code veche.outbox.url}: a JDBC URL, used if no data source is set; empty for none
 * @param user {@code veche.outbox.user}
 * @param password {@code veche.outbox.password}
 */
record OutboxSettings(String dataSource, String url, String user, String password) {
    private static final System.Logger LOG = System.getLogger(OutboxSettings.class.getName());

    static OutboxSettings from(ConfigReader source) {
        return new OutboxSettings(
                source.get("veche.outbox.data-source", "", Function.identity()),
                source.get("veche.outbox.url", "", Function.identity()),
                source.get("veche.outbox.user", "", Function.identity()),
                source.get("veche.outbox.password", "", Function.identity()));
    }

    /**
     * Lets the log take the messages of the outbox, if one is set.
     *
     * @throws IllegalStateException if the container does not have the data source
     */
    void connect(MessageLog log) {
        if (!dataSource.isEmpty()) {
            LOG.log(Level.INFO, "outbox data-source={0}", dataSource);
            Logs.relay(
                    log,
                    NamedDataSource.find(dataSource)
                            .orElseThrow(() -> new IllegalStateException(
                                    "veche.outbox.data-source=" + dataSource + " is no data source of the server")));
        } else if (!url.isEmpty()) {
            LOG.log(Level.INFO, "outbox url={0}", url.replaceFirst("[?;].*", ""));
            Logs.relay(log, url, user, password);
        }
    }

    /** Omits the password, and parameters of the URL, which may contain one. */
    @Override
    public String toString() {
        return "OutboxSettings[" + dataSource + " " + url.replaceFirst("[?;].*", "") + "]";
    }
}
