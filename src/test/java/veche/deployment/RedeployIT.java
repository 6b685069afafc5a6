package veche.deployment;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import veche.matrix.Behaviour;
import veche.testing.RawHandshake;

/**
 * Redeployment with 500 clients: on Tomcat by its manager, on WildFly by its management interface. Payara Micro cannot
 * redeploy; its process is stopped and started.
 */
@ArquillianTest
@Order(DeploymentOrder.OWN)
@RunAsClient
class RedeployIT {
    private static final String SERVER = System.getProperty("arquillian.launch");
    private static final URI CHAT = URI.create("ws://127.0.0.1:" + System.getProperty("server.port") + "/veche/chat");
    private static final int SUBSCRIBERS = 500;
    private static final int PUBLISHERS = 4;
    private static final int SOME_MESSAGES = 8;
    /** Without a reconnect window all 500 are closed, and reconnect, within one second. */
    private static final int MAX_PER_SECOND = SUBSCRIBERS * 9 / 10;

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "veche", managed = false, testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"));
    }

    @Test
    void fiveHundredClientsReconnectWithinTheWindowAndMissNoMessage() throws Exception {
        deployer.deploy("veche");
        try (ReconnectingClients clients =
                new ReconnectingClients(CHAT, "redeploy-" + System.currentTimeMillis(), SUBSCRIBERS, PUBLISHERS)) {
            clients.connectSubscribers();
            await().atMost(TIMEOUT).until(() -> clients.joined(1) == SUBSCRIBERS);
            clients.connectPublishers();
            await().atMost(TIMEOUT).until(() -> clients.acknowledged() >= SOME_MESSAGES);
            CompletableFuture<String> laterHandshake =
                    CompletableFuture.supplyAsync(() -> statusWhileDraining(clients));

            deployer.undeploy("veche");
            deployer.deploy("veche");

            await().atMost(TIMEOUT).until(() -> clients.joined(2) == SUBSCRIBERS);
            int before = clients.acknowledged();
            await().atMost(TIMEOUT).until(() -> clients.acknowledged() >= before + SOME_MESSAGES);
            clients.finish();
            await().atMost(TIMEOUT)
                    .until(() -> clients.complete() == SUBSCRIBERS
                            || !clients.errors().isEmpty());
            assertEquals(List.of(), clients.errors());
            assertSpread(clients, laterHandshake.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS));
        } finally {
            deployer.undeploy("veche");
        }
    }

    private static void assertSpread(ReconnectingClients clients, String laterHandshake) throws IOException {
        Map<Integer, Long> codes = clients.closeCodes();
        Spread spread = new Spread(clients.disconnections(), clients.recoveries());
        spread.plot(
                Path.of(System.getProperty("plots", "target/redeploy"), "redeploy-" + SERVER + ".svg"),
                "Redeployed under 500 clients, " + System.getProperty("server.name"));
        Behaviour.DRAINING.seen(laterHandshake);
        int commonest =
                Collections.max(codes.entrySet(), Map.Entry.comparingByValue()).getKey();
        Behaviour.GOING_AWAY.seen(commonest);
        Behaviour.REDEPLOY.seen(clients.joined(2) + ", " + clients.errors().size());
        // A machine that is too busy to send a close frame in time ends the connection without one.
        assertTrue(codes.getOrDefault(1001, 0L) >= SUBSCRIBERS / 2, codes::toString);
        assertEquals(SUBSCRIBERS, clients.recoveries().size());
        assertTrue(
                spread.maxClosedPerSecond() <= MAX_PER_SECOND, "Closed in one second: " + spread.maxClosedPerSecond());
        assertTrue(
                spread.maxReconnectedPerSecond() <= MAX_PER_SECOND,
                "Reconnected in one second: " + spread.maxReconnectedPerSecond());
    }

    /** The status of a handshake after the first connections have been closed. */
    private static String statusWhileDraining(ReconnectingClients clients) {
        await().atMost(TIMEOUT).until(() -> !clients.disconnections().isEmpty());
        try {
            return String.valueOf(RawHandshake.of(CHAT).status());
        } catch (UncheckedIOException e) {
            return "refused";
        }
    }
}
