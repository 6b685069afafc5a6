package veche.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is measured on the way of a message. */
class LatencyTest {
    private final Theatre theatre = new Theatre();

    @AfterEach
    void close() {
        theatre.close();
    }

    @Test
    void everyCommitAndOneDeliveryInSevenIsMeasured() {
        List<Long> commits = new ArrayList<>();
        List<Long> deliveries = new ArrayList<>();
        theatre.rooms.onCommit(commits::add);
        theatre.fanout.traffic().onDelivery(deliveries::add);
        theatre.follower(Theatre.HALL);
        for (int n = 0; n < 14; n++) {
            theatre.say(Theatre.HALL, "word " + n);
            theatre.play();
        }
        assertEquals(14, commits.size());
        assertTrue(commits.stream().allMatch(nanos -> nanos >= 0), commits::toString);
        assertEquals(2, deliveries.size());
    }
}
