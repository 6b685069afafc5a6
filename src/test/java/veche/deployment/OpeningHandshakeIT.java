package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import veche.testing.RawHandshake;

/** A table of opening handshakes (RFC 6455 §4.2.1, RFC 7692 §7.1) with the status of each, the same on every server. */
@ArquillianTest
@RunAsClient
class OpeningHandshakeIT extends DeployedWar {
    private static final String KEY = "Sec-WebSocket-Key";
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

    private record Case(String name, String path, UnaryOperator<RawHandshake> change, int status) {}

    private static final Stream<Case> CASES = Stream.of(
            new Case("valid", "chat", request -> request, 101),
            new Case("a slash at the end", "chat/", request -> request, 101),
            new Case("a slash at the end and a query", "chat/?room=hall", request -> request, 101),
            new Case("hello with a slash at the end", "hello/", request -> request, 101),
            new Case("POST", "chat", request -> request.method("POST").with("Content-Length", "0"), 405),
            new Case("PUT", "chat", request -> request.method("PUT").with("Content-Length", "0"), 405),
            new Case("no key", "chat", request -> request.without(KEY), 400),
            new Case("an empty key", "chat", request -> request.with(KEY, ""), 400),
            new Case("a key of 3 bytes", "chat", request -> request.with(KEY, "AAAA"), 400),
            new Case("a key of 17 bytes", "chat", request -> request.with(KEY, "dGhlIHNhbXBsZSBub25jZSE="), 400),
            new Case("a key that is no base64", "chat", request -> request.with(KEY, "dGhlIHNhbXBsZSBub25j*Q=="), 400),
            new Case("no Connection", "chat", request -> request.without("Connection"), 400),
            new Case("Connection: keep-alive", "chat", request -> request.with("Connection", "keep-alive"), 400),
            new Case("Connection: close", "chat", request -> request.with("Connection", "close"), 400),
            new Case(
                    "Connection: keep-alive, Upgrade",
                    "chat",
                    request -> request.with("Connection", "keep-alive, Upgrade"),
                    101),
            new Case("another version", "chat", request -> request.with("Sec-WebSocket-Version", "8"), 426),
            new Case("no Upgrade", "chat", request -> request.without("Upgrade"), 426),
            new Case("no Upgrade, a slash at the end", "chat/", request -> request.without("Upgrade"), 426),
            new Case("the description", "chat?wsdl", request -> request.without("Upgrade"), 200),
            new Case("the description, a slash at the end", "chat/?xsd", request -> request.without("Upgrade"), 200));

    @Test
    void eachHandshakeOfTheTableHasItsStatus() {
        assertEquals(
                "",
                CASES.filter(one -> one.change()
                                        .apply(RawHandshake.of(at(one.path())))
                                        .status()
                                != one.status())
                        .map(one -> one.name() + ": not " + one.status() + "\n")
                        .reduce("", String::concat));
    }

    @Test
    void onlyTheQueriesWsdlAndXsdServeADocument() {
        for (String path : new String[] {"/chat", "chat", "chat?room=lobby", "/chat?room=lobby"}) {
            for (String removed : new String[] {"Upgrade", KEY}) {
                String response =
                        RawHandshake.of(at(path)).without(removed).response().toLowerCase(Locale.ROOT);
                assertFalse(response.startsWith("http/1.1 200"), path + " without " + removed + ": " + response);
            }
        }
    }

    private String negotiated(String offers) {
        String response = RawHandshake.of(at("chat")).with(EXTENSIONS, offers).response();
        assertTrue(response.startsWith("HTTP/1.1 101"), response);
        return response.lines()
                .filter(line -> line.regionMatches(true, 0, EXTENSIONS + ":", 0, EXTENSIONS.length() + 1))
                .map(line -> line.substring(EXTENSIONS.length() + 1).trim())
                .findFirst()
                .orElse("none");
    }

    @Test
    void anInvalidCompressionOfferIsDeclinedAndTheNextOneConsidered() {
        String invalid = "permessage-deflate; server_max_window_bits=99";
        String valid = "permessage-deflate; server_no_context_takeover";
        String alone = negotiated(valid);
        assertEquals("none", negotiated(invalid));
        assertEquals("none", negotiated("permessage-deflate; unknown_parameter"));
        assertEquals(alone, negotiated(invalid + ", " + valid));
        assertEquals(System.getProperty("expected.extensions").equals("null"), alone.equals("none"));
    }
}
