package veche.operation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.SUBSCRIBE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import veche.testing.MetricsClient;
import veche.testing.RawClient;
import veche.testing.RedisProcess;
import veche.testing.Token;

/** Tomcat and Payara Micro with one PostgreSQL database, and one Redis that carries their parcels. */
@Tag("operation")
class RedisIT {
    private static Database database;
    private static RedisProcess redis;
    private static Payara payara;
    private static List<String> nodes;

    @BeforeAll
    static void start() throws IOException, SQLException {
        database = new Database();
        redis = RedisProcess.server();
        String uri = "redis://127.0.0.1:" + redis.port();
        TomcatNode tomcat = TomcatNode.start(
                "redis",
                Map.of(
                        "VECHE_LOG",
                        "postgresql",
                        "VECHE_DB_URL",
                        database.url(),
                        "VECHE_DB_PASSWORD",
                        Database.PASSWORD,
                        "VECHE_CLUSTER_REDIS",
                        uri,
                        "VECHE_TOKEN_SECRET",
                        Token.SECRET,
                        "VECHE_TOKEN_PARAMETER",
                        "true"));
        payara = new Payara(
                "veche.log=postgresql",
                "veche.log.url=" + database.url(),
                "veche.log.user=veche",
                "veche.log.password=" + Database.PASSWORD,
                "veche.cluster.redis=" + uri,
                "veche.token.secret=" + Token.SECRET,
                "veche.token.parameter=true");
        nodes = List.of(tomcat.address(), "127.0.0.1:" + payara.port());
    }

    @AfterAll
    static void end() throws Exception {
        if (payara != null) {
            payara.kill();
        }
        redis.close();
        database.close();
    }

    private static RawClient wamp(int node, String token) throws IOException {
        URI chat = URI.create("ws://" + nodes.get(node) + "/chat?access_token=" + token);
        RawClient client = new RawClient(chat, "Sec-WebSocket-Protocol: wamp.2.json");
        client.send("[" + HELLO + ",\"veche\",{\"roles\":{\"caller\":{},\"subscriber\":{},\"publisher\":{}}}]");
        client.nextText();
        return client;
    }

    /** Waits until both nodes send by this transport only. */
    private static void awaitTransport(String name) {
        for (String node : nodes) {
            await().until(() -> metrics(node).contains("veche_backbone{transport=\"" + name + "\"} 1.0"));
        }
    }

    private static String metrics(String node) {
        try {
            return MetricsClient.scrape(URI.create("http://" + node + "/metrics"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String health(String node) throws IOException {
        try (var in = URI.create("http://" + node + "/health/ready").toURL().openStream()) {
            return new String(in.readAllBytes());
        }
    }

    @Test
    void membersAndTheirSignalsPassByRedis() throws IOException {
        awaitTransport("redis");
        RawClient observer = wamp(1, Token.of("observer", "Observer"));
        for (String topic : List.of("joined", "left", "typing")) {
            observer.send("[" + SUBSCRIBE + ",1,{},\"veche.room.signals." + topic + "\"]");
            observer.nextText();
        }
        RawClient ann = wamp(0, Token.of("ann", "Ann"));
        ann.send("[" + CALL + ",1,{},\"veche.join\",[\"signals\"]]");
        ann.nextText();
        assertTrue(observer.nextText().contains("user:ann"));
        ann.send("[" + CALL + ",2,{},\"veche.typing\",[\"signals\"]]");
        assertTrue(observer.nextText().contains("user:ann"));
        ann.close();
        assertTrue(observer.nextText().contains("user:ann"));
    }

    @Test
    void eventsArriveOnceAndInTheirOrderWhileRedisIsSuspended() throws IOException {
        awaitTransport("redis");
        RawClient subscriber = wamp(1, Token.of("sub", "Subscriber"));
        subscriber.send("[" + SUBSCRIBE + ",1,{},\"com.shop.stock\"]");
        subscriber.nextText();
        RawClient publisher = wamp(0, Token.of("pub", "Publisher"));
        exchange(publisher, subscriber, 0);
        redis.suspend();
        exchange(publisher, subscriber, 50);
        awaitTransport("postgresql");
        exchange(publisher, subscriber, 100);
        for (String node : nodes) {
            await().until(() ->
                    health(node).contains("{\"name\":\"backbone\",\"status\":\"UP\",\"data\":{\"redis\":false}}"));
        }
        redis.resume();
        awaitTransport("redis");
        exchange(publisher, subscriber, 150);
        for (String node : nodes) {
            assertTrue(metrics(node).contains("veche_backbone_losses_total 0.0"), node);
        }
    }

    /** Fifty events with consecutive numbers. */
    private static void exchange(RawClient publisher, RawClient subscriber, int first) throws IOException {
        for (int i = first; i < first + 50; i++) {
            publisher.send("[" + PUBLISH + "," + (i + 1) + ",{},\"com.shop.stock\",[" + i + "]]");
        }
        for (int i = first; i < first + 50; i++) {
            String event = subscriber.nextText();
            assertTrue(event.startsWith("[" + EVENT + ","), event);
            assertEquals("[" + i + "]]", event.substring(event.lastIndexOf('[')));
        }
    }
}
