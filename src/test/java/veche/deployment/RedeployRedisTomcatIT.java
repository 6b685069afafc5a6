package veche.deployment;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import veche.testing.RedisProcess;

/** As {@link RedeployTomcatIT}, with the node of a cluster whose parcels Redis carries. */
@Tag("tomcat")
@Tag(SecondServerSuite.TAG)
@ArquillianTest
@Order(DeploymentOrder.OWN)
@RunAsClient
class RedeployRedisTomcatIT {
    private static final URI HEALTH =
            URI.create("http://127.0.0.1:" + System.getProperty("server.port") + "/veche/health/ready");

    @ArquillianResource
    private Deployer deployer;

    /** Both servers run until this process ends. */
    @Deployment(name = "veche", managed = false, testable = false)
    static WebArchive war() throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        RedisProcess redis = RedisProcess.server();
        StringAsset settings = new StringAsset(String.join(
                "\n",
                "veche.log=postgresql",
                "veche.log.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "veche.log.user=postgres",
                "veche.cluster.redis=redis://127.0.0.1:" + redis.port()));
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"))
                .addAsWebInfResource(settings, "classes/META-INF/microprofile-config.properties");
    }

    @Test
    void aRedeploymentOfANodeThatUsesRedisLeaksNoClassLoader() throws Exception {
        new RedeployRounds(deployer).run(() -> await().until(() -> health().contains("{\"redis\":true}")));
    }

    private static String health() throws IOException {
        URL health = HEALTH.toURL();
        try (InputStream in = health.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
