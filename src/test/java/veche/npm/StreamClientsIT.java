package veche.npm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The unmodified client of Durable Streams, over real sockets. */
@ArquillianTest
@RunAsClient
class StreamClientsIT {
    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"));
    }

    @Test
    void theClientReadsPollsAndFollowsARoom() {
        Node node = Node.find();
        String server = "127.0.0.1:" + base.getPort() + base.getPath();
        String room = "streams-" + UUID.randomUUID();
        String printed = node.script(
                node.install(Path.of("src/test/npm/streams")),
                "follow.mjs",
                "http://" + server + "stream/" + room,
                "ws://" + server + "chat?room=" + room);
        assertEquals(
                List.of("catch-up: passed", "sse: passed", "long-poll: passed", "resumption: passed"),
                printed.lines().toList());
    }
}
