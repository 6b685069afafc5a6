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
 * Redeployed under a crowd: on Tomcat by its manager, on WildFly by its management interface; Payara Micro cannot redeploy,
 * there the process is stopped and started.
 */
@ArquillianTest
@Order(DeploymentOrder.OWN)
@RunAsClient
class RedeployIT {
    private static final String SERVER = System.getProperty("arquillian.launch");
    private static final URI CHAT = URI.create("ws://127.0.0.1:" + System.getProperty("server.port") + "/veche/chat");
    private static final int LISTENERS = 500;
    private static final int SENDERS = 4;
    private static final int SOME_MESSAGES = 20;
    /** Without a window all 500 go, and are back, within one second; with one only a machine that stalls bunches them. */
    private static final int MOST_AT_ONCE = LISTENERS * 9 / 10;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "veche", managed = false, testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"));
    }

    @Test
    void fiveHundredComeBackSpreadOverTheWindowAndNoneMissesAMessage() throws Exception {
        deployer.deploy("veche");
        try (Crowd crowd = new Crowd(CHAT, "redeploy-" + System.currentTimeMillis(), LISTENERS, SENDERS)) {
            crowd.listen();
            await().atMost(PATIENCE).until(() -> crowd.there(1) == LISTENERS);
            crowd.speak();
            await().atMost(PATIENCE).until(() -> crowd.said() >= SOME_MESSAGES);
            CompletableFuture<String> newcomer = CompletableFuture.supplyAsync(() -> turnedAway(crowd));

            deployer.undeploy("veche");
            deployer.deploy("veche");

            await().atMost(PATIENCE).until(() -> crowd.there(2) == LISTENERS);
            int before = crowd.said();
            await().atMost(PATIENCE).until(() -> crowd.said() >= before + SOME_MESSAGES);
            crowd.finish();
            await().atMost(PATIENCE)
                    .until(() ->
                            crowd.informed() == LISTENERS || !crowd.complaints().isEmpty());
            assertEquals(List.of(), crowd.complaints());
            judge(crowd, newcomer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } finally {
            deployer.undeploy("veche");
        }
    }

    private static void judge(Crowd crowd, String newcomer) throws IOException {
        Map<Integer, Long> codes = crowd.codes();
        Spread spread = new Spread(crowd.aways(), crowd.returns());
        spread.plot(
                Path.of(System.getProperty("plots", "target/redeploy"), "redeploy-" + SERVER + ".svg"),
                "Redeployed under 500 clients, " + System.getProperty("server.name"));
        Behaviour.DRAINING.seen(newcomer);
        int commonest =
                Collections.max(codes.entrySet(), Map.Entry.comparingByValue()).getKey();
        Behaviour.GOING_AWAY.seen(commonest);
        Behaviour.REDEPLOY.seen(crowd.there(2) + ", " + crowd.complaints().size());
        // A machine that is too busy to send a close frame in time ends the connection without one.
        assertTrue(codes.getOrDefault(1001, 0L) >= LISTENERS / 2, codes::toString);
        assertEquals(LISTENERS, crowd.returns().size());
        assertTrue(spread.mostAwayInASecond() <= MOST_AT_ONCE, "Sent away at once: " + spread.mostAwayInASecond());
        assertTrue(spread.mostBackInASecond() <= MOST_AT_ONCE, "Back at once: " + spread.mostBackInASecond());
    }

    /** How a handshake is answered when the first have been sent away. */
    private static String turnedAway(Crowd crowd) {
        await().atMost(PATIENCE).until(() -> !crowd.aways().isEmpty());
        try {
            return String.valueOf(RawHandshake.of(CHAT).status());
        } catch (UncheckedIOException e) {
            return "refused";
        }
    }
}
