package veche;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import veche.limit.Rate;
import veche.limit.Refusals;
import veche.limit.Throughput;
import veche.room.access.MessageRate;
import veche.room.access.UserLimits;
import veche.room.access.UserLimits.Action;

/** The rates of users and the throughput of connections. */
class UserRatesTest {
    private final Refusals refusals = new Refusals();
    private final UserRates rates = new UserRates(
            new UserRates.Limits(
                    Map.of(Action.MESSAGE, Rate.of("1/h burst 2"), Action.ATTACHMENT_BYTE, Rate.of("1000/d")),
                    2,
                    Optional.of(Rate.of("1/h burst 1200"))),
            address -> Optional.of(address).filter(each -> !each.equals("127.0.0.1")),
            Set.of("backend"),
            refusals);

    private boolean takes(String author, String address, String... roles) {
        return rates.from(address, List.of(roles)).take(Action.MESSAGE, author).isEmpty();
    }

    @Test
    void aUserAboveTheRateIsRefusedWhateverTheAddressAndCounted() {
        assertTrue(takes("user:eve", "203.0.113.7"));
        assertTrue(takes("user:eve", "203.0.113.8"));
        assertFalse(takes("user:eve", "203.0.113.9"));
        assertTrue(takes("user:ann", "203.0.113.7"));
        assertEquals(1, refusals.counters().get("messages-per-user").sum());
        assertTrue(rates.from("203.0.113.7", List.of())
                .wait(Action.MESSAGE, "user:eve")
                .isPresent());
    }

    @Test
    void exemptAddressesAndActionsWithoutARateAreNotLimited() {
        for (int i = 0; i < 5; i++) {
            assertTrue(takes("user:eve", "127.0.0.1"));
            assertTrue(rates.from("203.0.113.7", List.of("moderator"))
                    .take(Action.JOIN, "user:eve")
                    .isEmpty());
        }
    }

    @Test
    void usersWithAnExemptRoleAreNotLimited() {
        for (int i = 0; i < 5; i++) {
            assertTrue(takes("user:shop", "203.0.113.7", "service", "backend"));
        }
        assertTrue(takes("user:shop", "203.0.113.7"), "an exempt connection uses no permits");
    }

    @Test
    void theRateOfAGrantReplacesThatOfTheUserInItsRoom() {
        MessageRate rate = new MessageRate(1, Duration.ofHours(1), 3);
        for (int i = 0; i < 3; i++) {
            assertEquals(Optional.empty(), rates.takeMessage(rate, "user:eve", "hall"));
        }
        assertTrue(rates.takeMessage(rate, "user:eve", "hall").isPresent());
        assertEquals(Optional.empty(), rates.takeMessage(rate, "user:eve", "barn"));
        assertEquals(Optional.empty(), rates.takeMessage(rate, "user:ann", "hall"));
        assertEquals(Optional.empty(), rates.takeMessage(MessageRate.UNLIMITED, "user:eve", "hall"));
        assertTrue(takes("user:eve", "203.0.113.7"), "the rate in other rooms is not used up");
        assertEquals(1, refusals.counters().get("messages-per-user").sum());
        UserLimits exempt = rates.from("127.0.0.1", List.of());
        for (int i = 0; i < 5; i++) {
            assertEquals(Optional.empty(), exempt.takeMessage(rate, "user:eve", "hall"));
        }
    }

    @Test
    void manyDistinctRatesOfGrantsAreBounded() {
        for (int i = 1; i <= 1_000; i++) {
            MessageRate rate = new MessageRate(i, Duration.ofHours(1), 1);
            assertEquals(Optional.empty(), rates.takeMessage(rate, "user:eve", "hall"));
            assertTrue(rates.takeMessage(rate, "user:eve", "hall").isPresent());
        }
    }

    @Test
    void bytesOfFilesAreLimitedPerDayAndAFileThatIsNotSentDoesNotCount() {
        assertEquals("attachment-bytes-per-user", UserRates.name(Action.ATTACHMENT_BYTE));
        assertEquals(Optional.empty(), rates.take(Action.ATTACHMENT_BYTE, "user:eve", 600));
        Duration wait = rates.take(Action.ATTACHMENT_BYTE, "user:eve", 600).orElseThrow();
        assertEquals(Duration.ofDays(1).dividedBy(5).toSeconds(), wait.toSeconds(), 2);
        rates.giveBack(Action.ATTACHMENT_BYTE, "user:eve", 600);
        assertEquals(Optional.empty(), rates.take(Action.ATTACHMENT_BYTE, "user:eve", 1000));
        assertEquals(1, refusals.counters().get("attachment-bytes-per-user").sum());
    }

    @Test
    void theGuestsOfAnAddressHaveSeveralTimesTheRateOfAUserTogether() {
        for (String guest : List.of("guest:1", "guest:1", "guest:2", "guest:3")) {
            assertTrue(takes(guest, "203.0.113.7"));
        }
        assertFalse(takes("guest:4", "203.0.113.7"), "a new guest has no new permits");
        assertEquals(1, refusals.counters().get("guests-per-address").sum());
        assertTrue(rates.from("203.0.113.7", List.of())
                .wait(Action.MESSAGE, "guest:4")
                .isPresent());
        assertTrue(takes("user:ann", "203.0.113.7"));
        assertTrue(takes("guest:4", "203.0.113.8"), "a permit refused by the address is given back to the user");
        assertTrue(takes("guest:4", "203.0.113.8"));
    }

    @Test
    void theBytesOfFilesFromAnAddressAreLimitedForAllItsUsersTogether() {
        UserLimits address = rates.from("203.0.113.7", List.of());
        assertEquals(Optional.empty(), address.take(Action.ATTACHMENT_BYTE, "user:ann", 800));
        assertTrue(address.take(Action.ATTACHMENT_BYTE, "user:bob", 500).isPresent());
        assertTrue(address.take(Action.ATTACHMENT_BYTE, "guest:1", 500).isPresent());
        assertEquals(2, refusals.counters().get("attachment-bytes-per-address").sum());
        address.giveBack(Action.ATTACHMENT_BYTE, "user:ann", 800);
        assertEquals(Optional.empty(), address.take(Action.ATTACHMENT_BYTE, "user:bob", 1000));
        assertEquals(
                Optional.empty(),
                rates.from("203.0.113.8", List.of()).take(Action.ATTACHMENT_BYTE, "guest:1", 1000),
                "what the address refuses is given back to its guests");
    }

    @Test
    void aConnectionIsLimitedInMessagesAndInBytes() {
        Throughput throughput = new Throughput(
                new Throughput.Limits(Optional.of(Rate.of("1/h burst 2")), Optional.of(Rate.of("1/h burst 100"))),
                refusals);
        assertTrue(throughput.admits(50, false));
        assertTrue(throughput.admits(0, true));
        assertFalse(throughput.admits(51, true));
        assertTrue(throughput.admits(50, true));
        assertFalse(throughput.admits(0, true));
        assertEquals(1, refusals.counters().get("input-bytes-per-connection").sum());
        assertEquals(1, refusals.counters().get("input-messages-per-connection").sum());
    }
}
