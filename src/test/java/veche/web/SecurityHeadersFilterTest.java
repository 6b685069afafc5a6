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
import org.junit.jupiter.params.provider.ValueSource;
import veche.socket.handshake.OriginPolicy;

class SecurityHeadersFilterTest {

    private final Map<String, String> responseHeaders = new HashMap<>();
    private final AtomicBoolean forwarded = new AtomicBoolean();

    @Test
    void aPageGetsTheHeadersAndIsForwarded() throws Exception {
        filter(Map.of());
        assertTrue(forwarded.get());
        assertEquals("nosniff", responseHeaders.get("X-Content-Type-Options"));
        var policy = responseHeaders.get("Content-Security-Policy");
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
        assertFalse(policy.contains("unsafe"), policy);
    }

    @Test
    void anUpgradeToAnotherProtocolGetsTheHeaders() throws Exception {
        filter(Map.of("Upgrade", "h2c"));
        assertTrue(responseHeaders.containsKey("Content-Security-Policy"));
    }

    @Test
    void aPageRequestedWithAnUpgradeGetsTheHeaders() throws Exception {
        filter(Map.of("Upgrade", "websocket"));
        assertTrue(responseHeaders.containsKey("Content-Security-Policy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat", "/chat/", "/hello", "/lab/socket"})
    void aWebSocketUpgradeIsForwardedUnchanged(String endpoint) throws Exception {
        filter(endpoint, Map.of("Upgrade", "websocket"));
        assertTrue(forwarded.get());
        assertEquals(Map.of(), responseHeaders);
    }

    @Test
    void anAllowedOriginMayLoadTheComponent() throws Exception {
        filter("/js/veche-chat.js", Map.of("Origin", "https://shop.test"));
        assertEquals("https://shop.test", responseHeaders.get("Access-Control-Allow-Origin"));
        assertEquals("cross-origin", responseHeaders.get("Cross-Origin-Resource-Policy"));
        assertEquals("Origin", responseHeaders.get("Vary"));
    }

    @ParameterizedTest
    @CsvSource({"/js/veche-chat.js, https://elsewhere.test", "/js/veche-chat.js, 'null'", "/metrics, https://shop.test"
    })
    void otherOriginsAndPathsAreNotAllowed(String path, String origin) throws Exception {
        filter(path, Map.of("Origin", origin));
        assertFalse(responseHeaders.containsKey("Access-Control-Allow-Origin"));
        assertEquals("same-origin", responseHeaders.get("Cross-Origin-Resource-Policy"));
    }

    @Test
    void aResponseWithoutAnOriginVariesByOrigin() throws Exception {
        filter("/js/veche-chat.js", Map.of());
        assertEquals("Origin", responseHeaders.get("Vary"));
        assertFalse(responseHeaders.containsKey("Access-Control-Allow-Origin"));
    }

    private void filter(Map<String, String> headers) throws Exception {
        filter("/index.html", headers);
    }

    private void filter(String path, Map<String, String> headers) throws Exception {
        var request = stub(
                HttpServletRequest.class,
                Map.of(
                        "getHeader",
                        arguments -> headers.get((String) arguments[0]),
                        "getServletPath",
                        arguments -> path));
        var response = stub(
                HttpServletResponse.class,
                Map.of("setHeader", arguments -> responseHeaders.put((String) arguments[0], (String) arguments[1])));
        FilterChain chain = (forwardedRequest, forwardedResponse) -> forwarded.set(true);
        new SecurityHeadersFilter(new OriginPolicy(Set.of("https://shop.test"))).doFilter(request, response, chain);
    }

    private interface StubMethod {
        Object call(Object[] arguments);
    }

    /** A stub with these methods that rejects any other. */
    private static <T> T stub(Class<T> type, Map<String, StubMethod> methods) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    assertTrue(methods.containsKey(method.getName()), method::getName);
                    Object result = methods.get(method.getName()).call(arguments);
                    return method.getReturnType() == void.class ? null : result;
                }));
    }
}
