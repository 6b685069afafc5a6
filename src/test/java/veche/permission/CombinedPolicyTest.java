package veche.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import veche.dialect.wamp.access.UriGrant;
import veche.dialect.wamp.auth.UriPolicy;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.UriAction;
import veche.room.Author;
import veche.room.RoomName;
import veche.room.RoomPolicy;
import veche.room.User;
import veche.room.access.Grant;
import veche.room.access.MessageRate;
import veche.room.access.Privilege;

/** Two policies, which must both permit. */
class CombinedPolicyTest {
    private static final RoomName HALL = new RoomName("hall");
    private static final User ANN = User.guest(new Author("guest:ann", "Ann"));
    private static final MessageRate RATE = new MessageRate(1, Duration.ofSeconds(1), 1);
    private static final Instant SOON = Instant.EPOCH.plusSeconds(1);
    private static final Instant LATE = Instant.EPOCH.plusSeconds(2);

    private static RoomPolicy rooms(int rank, Instant until, Privilege... privileges) {
        Grant grant = new Grant(Set.of(privileges), rank, Optional.of(RATE), Optional.ofNullable(until));
        return (user, room) -> CompletableFuture.completedFuture(grant);
    }

    private static Grant grant(RoomPolicy first, RoomPolicy second) {
        return CombinedPolicy.of(first, second)
                .grant(ANN, HALL)
                .toCompletableFuture()
                .join();
    }

    private static UriGrant grant(UriPolicy first, UriPolicy second) {
        return CombinedPolicy.of(first, second)
                .grant(ANN, UriAction.CALL, "com.shop.pay", Match.EXACT)
                .toCompletableFuture()
                .join();
    }

    private static UriPolicy uris(boolean permitted, Instant until) {
        return (user, action, uri, match) ->
                CompletableFuture.completedFuture(new UriGrant(permitted, false, Optional.ofNullable(until)));
    }

    private static <T> CompletionStage<T> unexpected() {
        throw new AssertionError("consulted in vain");
    }

    @Test
    void privilegesAreThoseOfBothAndRankAndRateOfTheFirst() {
        Grant both =
                grant(rooms(5, null, Privilege.READ, Privilege.WRITE), rooms(3, SOON, Privilege.READ, Privilege.MUTE));
        assertEquals(new Grant(EnumSet.of(Privilege.READ), 5, Optional.of(RATE), Optional.of(SOON)), both);
        assertEquals(
                Optional.of(SOON),
                grant(rooms(0, SOON, Privilege.READ), rooms(0, LATE, Privilege.READ))
                        .until());
    }

    @Test
    void bothPermitAUri() {
        assertTrue(grant(uris(true, null), uris(true, null)).permitted());
        assertFalse(grant(uris(true, null), uris(false, null)).permitted());
        assertEquals(
                Optional.of(SOON), grant(uris(true, LATE), uris(true, SOON)).until());
        assertEquals(
                Optional.of(LATE), grant(uris(true, LATE), uris(true, null)).until());
    }

    @Test
    void theSecondIsNotConsultedOnWhatTheFirstDenies() {
        assertEquals(
                Set.of(), grant(rooms(0, null), (user, room) -> unexpected()).privileges());
        assertFalse(grant(uris(false, null), (user, action, uri, match) -> unexpected())
                .permitted());
    }

    @Test
    void bothMustPermitToReadAnyRoomOfAPattern() {
        RoomPolicy none = new RoomPolicy() {
            @Override
            public CompletionStage<Grant> grant(User user, RoomName room) {
                return unexpected();
            }

            @Override
            public boolean mayReadAny(User user, String beginning) {
                return false;
            }
        };
        RoomPolicy all = rooms(0, null, Privilege.READ);
        assertTrue(CombinedPolicy.of(all, all).mayReadAny(ANN, "h"));
        assertFalse(CombinedPolicy.of(all, none).mayReadAny(ANN, "h"));
        assertFalse(CombinedPolicy.of(none, all).mayReadAny(ANN, "h"));
    }
}
