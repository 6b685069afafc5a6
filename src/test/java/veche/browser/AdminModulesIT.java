package veche.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Computations of the administration page. */
class AdminModulesIT extends ModuleBench {

    @Test
    void quantilesAreTheUpperBoundsOfTheHistogramsSteps() {
        var bounds = evaluate("""
                const { quantile } = await import('/context/js/admin/histogram.js');
                const histogram = [[0.001, 0], [0.002, 50], [0.01, 99], [0.1, 99], [null, 100]];
                return [0.5, 0.51, 0.99, 1].map(share => quantile(histogram, share));
                """);
        assertEquals(List.of(2, 10, 10, 100), bounds);
    }

    @Test
    void aRateIsWhatGrewBetweenTwoReadingsOfANodeAndNothingAfterARestart() {
        var rates = evaluate("""
                const { Rates } = await import('/context/js/admin/rates.js');
                const reading = (at, messages, deliveries, fast, all, node = 'one') => ({
                  at, node, counters: { messages, deliveries }, commit: [[0.005, fast], [0.01, all], [null, all]], delivery: [[0.005, 0], [null, 0]],
                });
                const rates = new Rates();
                return [
                  rates.take(reading('2026-01-01T00:00:00Z', 100, 1000, 7, 7)),
                  rates.take(reading('2026-01-01T00:00:02Z', 110, 1500, 8, 17)),
                  rates.take(reading('2026-01-01T00:00:04Z', 2, 3, 1, 1)),
                  rates.take(reading('2026-01-01T00:00:06Z', 9, 9, 2, 2, 'two')),
                ].map(rate => rate && [rate.in, rate.out, rate.commit50, rate.commit99, rate.delivery50]);
                """);
        assertEquals(Arrays.asList(null, Arrays.asList(5, 250, 10, 10, null), null, null), rates);
    }
}
