package veche.deployment;

import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import veche.testing.TextClient;

/** The application on the server under test, accessed from outside: its addresses, and clients. */
abstract class DeployedApplication {
    private static final AtomicInteger ROOMS = new AtomicInteger();

    /** A room of this test alone. */
    final String room = "room-" + System.currentTimeMillis() + "-" + ROOMS.incrementAndGet();

    private final List<TextClient> clients = new ArrayList<>();

    @ArquillianResource
    private URL base;

    @AfterEach
    void closeClients() {
        clients.forEach(TextClient::close);
    }

    /** Begins and ends with a slash. */
    final String contextPath() {
        return base.getPath();
    }

    /** Without a path. Payara reports the machine's own address, and listens on the loopback address. */
    final String origin() {
        return "http://127.0.0.1:" + base.getPort();
    }

    final URI http(String path) {
        return URI.create(origin() + contextPath() + path);
    }

    final URI at(String path) {
        return URI.create("ws://127.0.0.1:" + base.getPort() + contextPath() + path);
    }

    final URI chat() {
        return at("chat?room=" + room);
    }

    /** Connects a client that is closed after the test. */
    final TextClient connect(URI endpoint, String... subprotocols) {
        TextClient client = new TextClient(endpoint, subprotocols);
        clients.add(client);
        return client;
    }

    /** Connects a client of the plain dialect to this test's room. */
    final TextClient join() {
        return connect(chat());
    }
}
