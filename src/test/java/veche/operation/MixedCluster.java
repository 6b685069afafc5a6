package veche.operation;

import static veche.testing.MessageType.HELLO;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.testing.FreePort;
import veche.testing.MetricsClient;
import veche.testing.RawClient;
import veche.testing.Token;

/**
 * Three nodes on different servers with one PostgreSQL database, shared by the tests of a process and ended with it:
 *
 * <ol start="0">
 *   <li>Tomcat with its own data source, and signals between nodes on direct connections;
 *   <li>Payara Micro behind PgBouncer in transaction mode, with signals on direct connections;
 *   <li>WildFly behind PgBouncer alone, where no signals arrive.
 * </ol>
 */
final class MixedCluster {
    static final int MAX_CONNECTIONS_PER_USER = 10;

    private static MixedCluster shared;

    private final Database database;
    private final List<String> addresses;

    static synchronized MixedCluster shared() throws IOException, SQLException {
        if (shared == null) {
            shared = new MixedCluster();
        }
        return shared;
    }

    private MixedCluster() throws IOException, SQLException {
        database = new Database();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        // Creates the tables, so that the rule applies from the start.
        Logs.postgresql(database.url(), "veche", Database.PASSWORD, LogLimits.DEFAULT)
                .close();
        database.execute("INSERT INTO veche_rule VALUES ('*', '*', 'member')");
        PgBouncer pool = new PgBouncer(database);
        addresses = List.of(
                        start(() -> tomcat(database.url())),
                        start(() -> payara(pool.url(), database.url())),
                        start(() -> wildfly(pool.url())))
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static CompletableFuture<String> start(Supplier<String> node) {
        return CompletableFuture.supplyAsync(node);
    }

    private void close() {
        try {
            database.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings that all nodes have. */
    private static Map<String, String> settings(String name) {
        return new HashMap<>(Map.of(
                "veche.cluster.node",
                name,
                "veche.wamp.credentials.database",
                "true",
                "veche.log",
                "postgresql",
                "veche.log.user",
                "veche",
                "veche.log.password",
                Database.PASSWORD,
                "veche.rules.database",
                "true",
                "veche.token.secret",
                Token.SECRET,
                "veche.token.parameter",
                "true",
                "veche.moderator-roles",
                "moderator",
                "veche.limit.connections-per-user",
                Integer.toString(MAX_CONNECTIONS_PER_USER)));
    }

    private static Map<String, String> environment(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>();
        settings.forEach(
                (name, value) -> environment.put(name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "_"), value));
        return environment;
    }

    private static String tomcat(String url) {
        Map<String, String> settings = settings("tomcat");
        settings.put("veche.cluster.listen-url", url);
        Map<String, String> environment = environment(settings);
        environment.put("VECHE_DB_URL", url);
        environment.put("VECHE_DB_PASSWORD", Database.PASSWORD);
        return TomcatNode.start("cluster", environment).address();
    }

    private static String payara(String pool, String direct) {
        Map<String, String> settings = settings("payara");
        settings.put("veche.log.url", pool);
        settings.put("veche.cluster.listen-url", direct);
        List<String> properties = new ArrayList<>();
        settings.forEach((name, value) -> properties.add(name + "=" + value));
        return "127.0.0.1:" + Payara.named("mixed", FreePort.next(), properties).port();
    }

    private static String wildfly(String pool) {
        Map<String, String> settings = settings("wildfly");
        settings.put("veche.log.url", pool);
        return WildflyNode.start(environment(settings)).address();
    }

    Database database() {
        return database;
    }

    /** Authority and path of a node. */
    String address(int node) {
        return addresses.get(node);
    }

    int size() {
        return addresses.size();
    }

    URI chat(int node, String query) {
        return URI.create("ws://" + addresses.get(node) + "/chat?" + query);
    }

    String metrics(int node) throws IOException {
        return MetricsClient.scrape(URI.create("http://" + addresses.get(node) + "/metrics"));
    }

    /** A WAMP session that has all roles. */
    RawClient wamp(int node, String token) throws IOException {
        RawClient client = new RawClient(chat(node, "access_token=" + token), "Sec-WebSocket-Protocol: wamp.2.json");
        client.send("[" + HELLO
                + ",\"veche\",{\"roles\":{\"caller\":{},\"callee\":{},\"subscriber\":{},\"publisher\":{}}}]");
        client.nextText();
        return client;
    }
}
