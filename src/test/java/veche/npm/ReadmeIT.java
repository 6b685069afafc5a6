package veche.npm;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of the README in Node.js; only their address is replaced, by that of the server under test. */
@ArquillianTest
@RunAsClient
class ReadmeIT {
    /** Its lock file lists the packages that the examples need. */
    private static final Path CLIENTS = Path.of("src/test/npm/wamp");

    private static final String ADDRESS = "ws://127.0.0.1:8080/chat";

    @ArquillianResource
    private URL base;

    @TempDir
    Path folder;

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"));
    }

    @Test
    void thePlainExampleReceivesItsOwnMessage() throws IOException {
        assertPrints("plain.js", "Hello, everyone");
    }

    @Test
    void theSoapExampleJoinsAndReceivesItsOwnMessage() throws IOException {
        assertPrints("soap.js", "<c:text>Hello from SOAP</c:text>");
    }

    @Test
    void theWampExampleReceivesItsOwnEvent() throws IOException {
        assertPrints("wamp.cjs", "Hello from WAMP");
    }

    private void assertPrints(String example, String expected) throws IOException {
        Path script = Files.writeString(folder.resolve(example), example(example));
        Path printed = folder.resolve("printed");
        // Before version 22, Node.js provides WebSocket only with this option.
        Node node = Node.find();
        ProcessBuilder running = new ProcessBuilder(
                        node.executable().toString(), "--experimental-websocket", script.toString())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        running.environment()
                .put("NODE_PATH", node.install(CLIENTS).resolve("node_modules").toString());
        Process process = running.start();
        try {
            await(example + " prints " + expected)
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> Files.readString(printed).contains(expected));
        } finally {
            process.destroyForcibly();
        }
    }

    private String example(String name) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String marked = readme.substring(readme.indexOf("<!-- example: " + name + " -->"));
        int start = marked.indexOf("```js\n") + "```js\n".length();
        String script = marked.substring(start, marked.indexOf("\n```", start));
        if (!script.contains(ADDRESS)) {
            throw new AssertionError("The example contains another address: " + script);
        }
        return script.replace(ADDRESS, "ws://127.0.0.1:" + base.getPort() + base.getPath() + "chat");
    }
}
