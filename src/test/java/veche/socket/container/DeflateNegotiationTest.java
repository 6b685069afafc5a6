package veche.socket.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.websocket.Extension;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateNegotiationTest {
    private static final DeflateNegotiation TYRUS = new DeflateNegotiation(1000, Container.TYRUS);
    private static final DeflateNegotiation TOMCAT = new DeflateNegotiation(1000, Container.TOMCAT);
    private static final List<Extension> INSTALLED = List.of(offer("permessage-deflate"));

    private record Parameter(String name, String value) implements Extension.Parameter {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public String getValue() {
            return value;
        }
    }

    private record Offer(String name, List<Extension.Parameter> parameters) implements Extension {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public List<Parameter> getParameters() {
            return parameters;
        }
    }

    /** Parses a header field such as {@code permessage-deflate; client_max_window_bits; server_max_window_bits=10}. */
    private static Extension offer(String text) {
        List<String> parts = Arrays.stream(text.split(";")).map(String::trim).toList();
        return new Offer(
                parts.get(0),
                parts.stream()
                        .skip(1)
                        .map(part -> part.split("=", 2))
                        .<Extension.Parameter>map(pair -> new Parameter(pair[0], pair.length == 1 ? null : pair[1]))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server_max_window_bits=99",
                "server_max_window_bits=7",
                "server_max_window_bits=010",
                "server_max_window_bits",
                "client_max_window_bits=16",
                "client_max_window_bits=x",
                "server_no_context_takeover=1",
                "client_no_context_takeover=true",
                "unknown",
                "server_no_context_takeover; server_no_context_takeover",
                "client_max_window_bits=8; client_max_window_bits=9"
            })
    void anInvalidOfferIsDeclinedAndTheNextConsidered(String parameters) {
        Extension bad = offer("permessage-deflate; " + parameters);
        Extension good = offer("permessage-deflate; client_max_window_bits");
        assertEquals(List.of(), TYRUS.negotiate(List.of(), List.of(bad)));
        assertEquals(List.of(), TOMCAT.negotiate(INSTALLED, List.of(bad)));
        assertEquals(List.of(good), TOMCAT.negotiate(INSTALLED, List.of(offer("x-other"), bad, good)));
    }

    @ParameterizedTest
    @CsvSource({"8, false", "14, false", "15, true"})
    void aWindowThatTheContainersCompressorCannotLimitIsDeclined(int bits, boolean accepted) {
        Extension offer = offer("permessage-deflate; server_max_window_bits=" + bits);
        assertEquals(accepted ? List.of(offer) : List.of(), TOMCAT.negotiate(INSTALLED, List.of(offer)));
    }

    @Test
    void aServerThatDoesNotCompressAcceptsAnyValidWindow() {
        Extension offer = offer("permessage-deflate; server_max_window_bits=8; server_no_context_takeover");
        List<Extension> agreed = TYRUS.negotiate(List.of(), List.of(offer));
        assertEquals(1, agreed.size());
        assertEquals(offer.getParameters(), agreed.get(0).getParameters());
    }

    @Test
    void tyrusUsesTheBoundedInflaterEvenIfItsOwnIsInstalled() {
        List<Extension> agreed = TYRUS.negotiate(INSTALLED, List.of(offer("permessage-deflate")));
        assertEquals(
                List.of(TyrusDeflate.class),
                agreed.stream().map(Object::getClass).toList());
    }

    @Test
    void anInflaterWithoutAKnownBoundIsNotNegotiated() {
        DeflateNegotiation other = new DeflateNegotiation(1000, Container.OTHER);
        assertEquals(List.of(), other.negotiate(INSTALLED, List.of(offer("permessage-deflate"))));
        assertEquals(List.of(), other.negotiate(List.of(), List.of(offer("permessage-deflate"))));
    }

    @Test
    void tomcatWithoutTheExtensionNegotiatesNothing() {
        assertEquals(List.of(), TOMCAT.negotiate(List.of(), List.of(offer("permessage-deflate"))));
    }
}
