package veche.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsAccessTest {
    private static final String TOKEN = "0123456789abcdef";

    @Test
    void accessIsDeniedByDefault() {
        MetricsAccess closed = new MetricsAccess(false, "");
        assertFalse(closed.admits(null));
        assertFalse(closed.admits("Bearer "));
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer 0123456789abcdef, true",
        "bearer 0123456789abcdef, true",
        "Bearer 0123456789abcde, false",
        "Bearer 0123456789abcdeff, false",
        "'Bearer ', false",
        "Basic 0123456789abcdef, false",
        "0123456789abcdef, false",
        ", false"
    })
    void onlyTheBearerTokenIsAdmitted(String authorization, boolean admitted) {
        assertEquals(admitted, new MetricsAccess(false, TOKEN).admits(authorization));
    }

    @Test
    void publicMetricsAdmitEveryRequest() {
        assertTrue(new MetricsAccess(true, "").admits(null));
        assertTrue(new MetricsAccess(true, TOKEN).admits("Bearer wrong"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "with a space in it all", "с-буквами-не-из-ascii"})
    void aShortOrUnencodableTokenIsRejected(String token) {
        assertThrows(IllegalArgumentException.class, () -> new MetricsAccess(false, token));
    }
}
