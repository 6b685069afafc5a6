package veche.npm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.net.URL;
import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.testing.Token;

/** Unmodified WAMP clients of other projects, over real sockets and in each of their serializations. */
@ArquillianTest
@RunAsClient
class WampClientsIT {
    private static final Path CLIENTS = Path.of("src/test/npm/wamp");

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"autobahn.cjs", "wampy.mjs", "version1.cjs"})
    void aClientPassesInEachOfItsSerializations(String client) {
        Node node = Node.find();
        Path clients = node.install(CLIENTS);
        String url = "ws://127.0.0.1:" + base.getPort() + base.getPath() + "chat?access_token="
                + Token.of("backend", "Backend"); // guests do not register procedures
        String printed = node.script(clients, client, url);
        assertEquals(
                client.equals("version1.cjs") ? 1 : 3,
                printed.lines().filter(line -> line.endsWith(": passed")).count());
    }
}
