package veche.room.access;

import java.time.Duration;
import java.util.Optional;

/** Limits how often a user acts, over all of the user's connections. Thread-safe; must not block. */
public interface UserLimits {
    /** No limits. */
    UserLimits NONE = new UserLimits() {
        @Override
        public Optional<Duration> take(Action action, String author) {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> wait(Action action, String author) {
            return Optional.empty();
        }
    };

    /** The limited actions. */
    enum Action {
        /** Send, edit, delete or react to a message, or signal typing. */
        MESSAGE,
        /** Enter a room or subscribe to it. */
        JOIN,
        /** Send the first message of a room. */
        ROOM,
        /** Any request of a WAMP client. */
        REQUEST
    }

    /**
     * The limits of one connection, determined once.
     *
     * @param address the IP address of the connection; empty if unknown
     */
    default UserLimits from(String address) {
        return this;
    }

    /**
     * Takes a permit.
     *
     * @param author the author's id
     * @return the time until one is available; empty if it was taken
     */
    Optional<Duration> take(Action action, String author);

    /** The time until a permit is available, which is not taken; empty if one is. */
    Optional<Duration> wait(Action action, String author);
}
