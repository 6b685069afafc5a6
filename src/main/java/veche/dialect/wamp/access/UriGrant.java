package veche.dialect.wamp.access;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.room.access.Grant;

/**
 * The decision of a {@code UriPolicy}.
 *
 * @param permitted whether the action is permitted
 * @param disclosed whether the identity of the caller or publisher is disclosed to callees or subscribers, as if it had
 *     requested this (advanced profile, "Caller Identification", "Publisher Identification")
 * @param until when the policy is to be consulted again, or empty if only after a change
 */
public record UriGrant(boolean permitted, boolean disclosed, Optional<Instant> until) {
    /** Permits the action until the policies change. */
    public static final UriGrant PERMITTED = new UriGrant(true, false, Optional.empty());

    /** Denies the action until the policies change. */
    public static final UriGrant DENIED = new UriGrant(false, false, Optional.empty());

    private static final CompletionStage<UriGrant> PERMISSION = CompletableFuture.completedFuture(PERMITTED);
    private static final CompletionStage<UriGrant> DENIAL = CompletableFuture.completedFuture(DENIED);

    /** Returns a completed stage, the same at each call, which callers must not modify. */
    public static CompletionStage<UriGrant> decided(boolean permitted) {
        return permitted ? PERMISSION : DENIAL;
    }

    /** Returns the decision that permits what both permit, until the earlier expiry. */
    public UriGrant and(UriGrant other) {
        return new UriGrant(
                permitted && other.permitted, disclosed || other.disclosed, Grant.earlier(until, other.until));
    }
}
