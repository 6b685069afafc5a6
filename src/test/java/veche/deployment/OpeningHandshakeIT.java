package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** One table of opening handshakes (RFC 6455 §4.2.1, RFC 7692 §7.1), answered alike on each server. */
@ArquillianTest
@RunAsClient
class OpeningHandshakeIT {
    private static final String KEY = "Sec-WebSocket-Key";
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"));
    }

    private record Case(String what, String path, UnaryOperator<Knock> change, int status) {}

    private static final Stream<Case> CASES = Stream.of(
            new Case("as it should be", "chat", knock -> knock, 101),
            new Case("a slash at the end", "chat/", knock -> knock, 101),
            new Case("a slash at the end and a query", "chat/?room=hall", knock -> knock, 101),
            new Case("hello with a slash at the end", "hello/", knock -> knock, 101),
            new Case("POST", "chat", knock -> knock.by("POST").with("Content-Length", "0"), 405),
            new Case("PUT", "chat", knock -> knock.by("PUT").with("Content-Length", "0"), 405),
            new Case("no key", "chat", knock -> knock.without(KEY), 400),
            new Case("an empty key", "chat", knock -> knock.with(KEY, ""), 400),
            new Case("a key of 3 bytes", "chat", knock -> knock.with(KEY, "AAAA"), 400),
            new Case("a key of 17 bytes", "chat", knock -> knock.with(KEY, "dGhlIHNhbXBsZSBub25jZSE="), 400),
            new Case("a key that is no base64", "chat", knock -> knock.with(KEY, "dGhlIHNhbXBsZSBub25j*Q=="), 400),
            new Case("no Connection", "chat", knock -> knock.without("Connection"), 400),
            new Case("Connection: keep-alive", "chat", knock -> knock.with("Connection", "keep-alive"), 400),
            new Case("Connection: close", "chat", knock -> knock.with("Connection", "close"), 400),
            new Case("a list", "chat", knock -> knock.with("Connection", "keep-alive, Upgrade"), 101),
            new Case("another version", "chat", knock -> knock.with("Sec-WebSocket-Version", "8"), 426),
            new Case("no Upgrade", "chat", knock -> knock.without("Upgrade"), 426),
            new Case("no Upgrade, a slash at the end", "chat/", knock -> knock.without("Upgrade"), 426),
            new Case("the description", "chat?wsdl", knock -> knock.without("Upgrade"), 200),
            new Case("the description, a slash at the end", "chat/?xsd", knock -> knock.without("Upgrade"), 200));

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + base.getPort() + base.getPath() + path);
    }

    @Test
    void eachHandshakeOfTheTableHasTheSameAnswerOnEveryServer() {
        assertEquals(
                "",
                CASES.filter(one -> one.change().apply(Knock.at(at(one.path()))).status() != one.status())
                        .map(one -> one.what() + ": not " + one.status() + "\n")
                        .reduce("", String::concat));
    }

    @Test
    void onlyTheTwoQueriesOfTheDescriptionServeADocument() {
        for (String path : new String[] {"/chat", "chat", "chat?room=lobby", "/chat?room=lobby"}) {
            for (String left : new String[] {"Upgrade", KEY}) {
                String answer = Knock.at(at(path)).without(left).answer().toLowerCase(Locale.ROOT);
                assertFalse(answer.startsWith("http/1.1 200"), path + " without " + left + ": " + answer);
            }
        }
    }

    private String agreed(String offers) {
        String answer = Knock.at(at("chat")).with(EXTENSIONS, offers).answer();
        assertTrue(answer.startsWith("HTTP/1.1 101"), answer);
        return answer.lines()
                .filter(line -> line.regionMatches(true, 0, EXTENSIONS + ":", 0, EXTENSIONS.length() + 1))
                .map(line -> line.substring(EXTENSIONS.length() + 1).trim())
                .findFirst()
                .orElse("none");
    }

    @Test
    void anOfferOfCompressionThatIsInvalidIsDeclinedAndTheNextOneConsidered() {
        String invalid = "permessage-deflate; server_max_window_bits=99";
        String valid = "permessage-deflate; server_no_context_takeover";
        String alone = agreed(valid);
        assertEquals("none", agreed(invalid));
        assertEquals("none", agreed("permessage-deflate; unknown_parameter"));
        assertEquals(alone, agreed(invalid + ", " + valid));
        assertEquals(System.getProperty("expected.extensions").equals("null"), alone.equals("none"));
    }
}
