package veche.permission;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.access.UriGrant;
import veche.dialect.wamp.auth.UriPolicy;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.UriAction;
import veche.room.RoomName;
import veche.room.RoomPolicy;
import veche.room.User;
import veche.room.access.Grant;
import veche.room.access.Privilege;

/** What two policies both permit. The second is not consulted on what the first denies. Thread-safe if both are. */
public final class CombinedPolicy {
    private CombinedPolicy() {}

    /** Combines policies for rooms: the privileges of both, rank and rate of the first, and the earlier expiry. */
    public static RoomPolicy of(RoomPolicy first, RoomPolicy second) {
        return new RoomPolicy() {
            @Override
            public CompletionStage<Grant> grant(User user, RoomName room) {
                return grant(user, room, "");
            }

            @Override
            public CompletionStage<Grant> grant(User user, RoomName room, String address) {
                return first.grant(user, room, address)
                        .thenCompose(one -> one.has(Privilege.READ)
                                ? second.grant(user, room, address).thenApply(one::and)
                                : CompletableFuture.completedFuture(one));
            }

            @Override
            public boolean mayReadAny(User user, String beginning) {
                return first.mayReadAny(user, beginning) && second.mayReadAny(user, beginning);
            }
        };
    }

    /** Combines policies for URIs. */
    public static UriPolicy of(UriPolicy first, UriPolicy second) {
        return new UriPolicy() {
            @Override
            public CompletionStage<UriGrant> grant(User user, UriAction action, String uri, Match match) {
                return grant(user, "", action, uri, match);
            }

            @Override
            public CompletionStage<UriGrant> grant(
                    User user, String address, UriAction action, String uri, Match match) {
                return first.grant(user, address, action, uri, match)
                        .thenCompose(one -> one.permitted()
                                ? second.grant(user, address, action, uri, match)
                                        .thenApply(one::and)
                                : CompletableFuture.completedFuture(one));
            }
        };
    }
}
