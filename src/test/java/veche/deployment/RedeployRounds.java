package veche.deployment;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployer;
import veche.testing.TextClient;

/** Redeploys the unmanaged deployment {@code veche} on Tomcat, with a client. */
record RedeployRounds(Deployer deployer) {
    private static final String SERVER = "127.0.0.1:" + System.getProperty("server.port");
    private static final int ROUNDS = 3;

    /**
     * The JDK itself keeps the last class loader in which a record was compared: one may be left, never more. The first
     * redeployment also ends the deployment of earlier tests; the leaks of these are counted before the rounds.
     *
     * @param deployed called after each deployment
     */
    void run(Runnable deployed) throws Exception {
        deployer.deploy("veche");
        deployer.undeploy("veche");
        long before = leaks();
        for (int round = 1; round <= ROUNDS; round++) {
            deployer.deploy("veche");
            deployed.run();
            try (TextClient ann = new TextClient(URI.create("ws://" + SERVER + "/veche/chat?room=redeploy-" + round))) {
                ann.send("Hello again");
                ann.awaitTexts(List.of("Hello again"));
                deployer.undeploy("veche");
                TextClient.Closed closed = ann.awaitClosed();
                assertEquals(1001, closed.code());
                assertTrue(closed.reason().matches(".*within \\d+ ms"), closed.reason());
            }
        }
        await("no more than one class loader is held")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> leaks() <= before + 1);
    }

    private static long leaks() throws Exception {
        String credentials =
                Base64.getEncoder().encodeToString("arquillian:arquillian".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://" + SERVER + "/manager/text/findleaks?statusLine=true"))
                                .header("Authorization", "Basic " + credentials)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response.body());
        assertTrue(response.body().startsWith("OK"), response.body());
        return response.body().lines().filter("/veche"::equals).count();
    }
}
