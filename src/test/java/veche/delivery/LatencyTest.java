package veche.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The latency measurements of commits and deliveries. */
class LatencyTest {
    private final FanoutFixture fixture = new FanoutFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void everyCommitAndOneDeliveryInSevenIsMeasured() {
        List<Long> commits = new ArrayList<>();
        List<Long> deliveries = new ArrayList<>();
        fixture.rooms.onCommit(commits::add);
        fixture.fanout.traffic().onDelivery(deliveries::add);
        fixture.follower(FanoutFixture.HALL);
        for (int n = 0; n < 14; n++) {
            fixture.send(FanoutFixture.HALL, "message " + n);
            fixture.runUntilIdle();
        }
        assertEquals(14, commits.size());
        assertTrue(commits.stream().allMatch(nanos -> nanos >= 0), commits::toString);
        assertEquals(2, deliveries.size());
    }
}
