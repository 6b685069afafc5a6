package veche.operation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import veche.testing.FreePort;
import veche.testing.Token;

/** Three nodes on Payara Micro with one PostgreSQL database, each of which is stopped and started again. */
@Tag("operation")
class RollingRestartIT {
    private static final int NODES = 3;
    private static final int CLIENTS = 24;

    private static Database database;
    private static List<Payara> nodes;

    @BeforeAll
    static void start() throws IOException, SQLException {
        database = new Database();
        nodes = new ArrayList<>(IntStream.range(0, NODES)
                .mapToObj(node -> CompletableFuture.supplyAsync(() -> start(node, FreePort.next())))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList());
    }

    private static Payara start(int node, int port) {
        return Payara.named(
                "node" + node,
                port,
                List.of(
                        "veche.cluster.node=node" + node,
                        "veche.log=postgresql",
                        "veche.log.url=" + database.url(),
                        "veche.log.user=veche",
                        "veche.log.password=" + Database.PASSWORD,
                        "veche.shutdown.spread=2s",
                        "veche.token.secret=" + Token.SECRET,
                        "veche.token.parameter=true"));
    }

    @AfterAll
    static void end() throws Exception {
        for (Payara node : nodes) {
            node.kill();
        }
        database.close();
    }

    @Test
    void clientsResumeOnTheOtherNodesWithoutAGap() throws Exception {
        List<URI> addresses = nodes.stream()
                .map(node -> URI.create("ws://127.0.0.1:" + node.port()))
                .toList();
        List<ResumingSubscriber> subscribers = IntStream.range(0, CLIENTS)
                .mapToObj(i -> new ResumingSubscriber(addresses, i, "rolling", "client" + i))
                .toList();
        await().until(() -> subscribers.stream().allMatch(client -> client.connects() == 1));
        PersistentSender sender = new PersistentSender(addresses, "rolling");
        for (int node = 0; node < NODES; node++) {
            restart(node);
        }
        List<String> sent =
                IntStream.range(0, sender.end()).mapToObj(Integer::toString).toList();
        for (ResumingSubscriber subscriber : subscribers) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> subscriber.texts().size() >= sent.size()
                            || !subscriber.faults().isEmpty());
            subscriber.close();
            assertEquals(List.of(), subscriber.faults());
            assertEquals(sent, subscriber.texts());
            assertTrue(subscriber.connects() > 1, "Each node was restarted");
        }
        System.out.printf(
                "RollingRestartIT: %d clients received %d messages over %d connections%n",
                CLIENTS,
                sent.size(),
                subscribers.stream().mapToInt(ResumingSubscriber::connects).sum());
    }

    /** While its connections close, the other nodes know that it is draining. */
    private static void restart(int node) {
        nodes.get(node).stop();
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(() -> database.drainingNodes() == 1);
        nodes.get(node).awaitEnd();
        nodes.set(node, start(node, nodes.get(node).port()));
    }
}
