package veche.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {
    @Test
    void aRateIsPermitsPerUnitWithAnOptionalBurst() {
        assertEquals(new Rate(20, Duration.ofSeconds(1), 20), Rate.of("20/s"));
        assertEquals(new Rate(10, Duration.ofMinutes(1), 50), Rate.of("10/m burst 50"));
        assertEquals(new Rate(5, Duration.ofHours(1), 5), Rate.of("5/h"));
        assertEquals(new Rate(1, Duration.ofDays(1), 2), Rate.of("1/d burst 2"));
        assertEquals(new Rate(1L << 40, Duration.ofDays(1), 1L << 40), Rate.of("1099511627776/d"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20",
                "20/x",
                "-1/s",
                "0/s",
                "5/s burst 0",
                "5/s burst",
                "1000000001/s",
                "9999999999999999/d",
                "5/s burst -2"
            })
    void anythingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Rate.of(text));
    }
}
