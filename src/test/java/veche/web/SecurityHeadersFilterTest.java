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
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SecurityHeadersFilterTest {

    private final Map<String, String> set = new HashMap<>();
    private final AtomicBoolean passedOn = new AtomicBoolean();

    @Test
    void aPageGetsTheHeadersAndIsPassedOn() throws Exception {
        filter(null);
        assertTrue(passedOn.get());
        assertEquals("nosniff", set.get("X-Content-Type-Options"));
        var policy = set.get("Content-Security-Policy");
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
        assertFalse(policy.contains("unsafe"), policy);
    }

    @Test
    void anOfferOfAnotherProtocolDoesNotStripAPageOfThem() throws Exception {
        filter("h2c");
        assertTrue(set.containsKey("Content-Security-Policy"));
    }

    @Test
    void anUpgradeIsPassedOnUntouched() throws Exception {
        filter("websocket");
        assertTrue(passedOn.get());
        assertEquals(Map.of(), set);
    }

    private void filter(String upgrade) throws Exception {
        var request = stand(HttpServletRequest.class, "getHeader", arguments -> upgrade);
        var response = stand(
                HttpServletResponse.class,
                "setHeader",
                arguments -> set.put((String) arguments[0], (String) arguments[1]));
        FilterChain chain = (asked, answered) -> passedOn.set(true);
        new SecurityHeadersFilter().doFilter(request, response, chain);
    }

    private interface Answer {
        Object to(Object[] arguments);
    }

    /** A stand-in that answers one method and knows no other. */
    private static <T> T stand(Class<T> type, String method, Answer answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
                    assertEquals(method, called.getName());
                    Object answered = answer.to(arguments);
                    return called.getReturnType() == void.class ? null : answered;
                }));
    }
}
