package veche.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.socket.handshake.OriginPolicy;

class SecurityHeadersFilterTest {

    private final Map<String, String> set = new HashMap<>();
    private final AtomicBoolean passedOn = new AtomicBoolean();

    @Test
    void aPageGetsTheHeadersAndIsPassedOn() throws Exception {
        filter(Map.of());
        assertTrue(passedOn.get());
        assertEquals("nosniff", set.get("X-Content-Type-Options"));
        var policy = set.get("Content-Security-Policy");
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
        assertFalse(policy.contains("unsafe"), policy);
    }

    @Test
    void anOfferOfAnotherProtocolDoesNotStripAPageOfThem() throws Exception {
        filter(Map.of("Upgrade", "h2c"));
        assertTrue(set.containsKey("Content-Security-Policy"));
    }

    @Test
    void anUpgradeIsPassedOnUntouched() throws Exception {
        filter(Map.of("Upgrade", "websocket"));
        assertTrue(passedOn.get());
        assertEquals(Map.of(), set);
    }

    @Test
    void anAllowedOriginMayLoadTheComponent() throws Exception {
        filter("/js/veche-chat.js", Map.of("Origin", "https://shop.test"));
        assertEquals("https://shop.test", set.get("Access-Control-Allow-Origin"));
        assertEquals("cross-origin", set.get("Cross-Origin-Resource-Policy"));
        assertEquals("Origin", set.get("Vary"));
    }

    @ParameterizedTest
    @CsvSource({"/js/veche-chat.js, https://elsewhere.test", "/js/veche-chat.js, 'null'", "/metrics, https://shop.test"
    })
    void othersAndOtherPathsStayClosed(String path, String origin) throws Exception {
        filter(path, Map.of("Origin", origin));
        assertFalse(set.containsKey("Access-Control-Allow-Origin"));
        assertEquals("same-origin", set.get("Cross-Origin-Resource-Policy"));
    }

    @Test
    void anAnswerWithoutAnOriginIsNotKeptForThoseWithOne() throws Exception {
        filter("/js/veche-chat.js", Map.of());
        assertEquals("Origin", set.get("Vary"));
        assertFalse(set.containsKey("Access-Control-Allow-Origin"));
    }

    private void filter(Map<String, String> headers) throws Exception {
        filter("/index.html", headers);
    }

    private void filter(String path, Map<String, String> headers) throws Exception {
        var request = stand(
                HttpServletRequest.class,
                Map.of(
                        "getHeader",
                        arguments -> headers.get((String) arguments[0]),
                        "getServletPath",
                        arguments -> path));
        var response = stand(
                HttpServletResponse.class,
                Map.of("setHeader", arguments -> set.put((String) arguments[0], (String) arguments[1])));
        FilterChain chain = (asked, answered) -> passedOn.set(true);
        new SecurityHeadersFilter(new OriginPolicy(Set.of("https://shop.test"))).doFilter(request, response, chain);
    }

    private interface Answer {
        Object to(Object[] arguments);
    }

    /** A stand-in that answers these methods and knows no other. */
    private static <T> T stand(Class<T> type, Map<String, Answer> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
                    assertTrue(answers.containsKey(called.getName()), called::getName);
                    Object answered = answers.get(called.getName()).to(arguments);
                    return called.getReturnType() == void.class ? null : answered;
                }));
    }
}
