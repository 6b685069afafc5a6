package veche.room.access;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Limits how often a user acts, over all of the user's connections. Thread-safe; must not block. */
public interface UserLimits {
    /** No limits. */
    UserLimits NONE = new UserLimits() {
        @Override
        public Optional<Duration> take(Action action, String author, long permits) {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> takeMessage(MessageRate rate, String author, String room) {
            return Optional.empty();
        }

        @Override
        public void giveBack(Action action, String author, long permits) {
            // No permits are counted.
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
        REQUEST,
        /** Send one byte of a file. */
        ATTACHMENT_BYTE
    }

    /**
     * The limits of one connection, determined once for each of its user's tokens.
     *
     * @param address the IP address of the connection; empty if unknown
     * @param roles the user's roles
     */
    default UserLimits from(String address, List<String> roles) {
        return this;
    }

    /** Takes a permit, as {@link #take(Action, String, long)}. */
    default Optional<Duration> take(Action action, String author) {
        return take(action, author, 1);
    }

    /**
     * Takes permits, all or none.
     *
     * @param author the author's id
     * @return the time until they are available; empty if they were taken
     */
    Optional<Duration> take(Action action, String author, long permits);

    /**
     * Takes a permit of a message in a room whose rate a grant sets.
     *
     * @return as {@link #take(Action, String, long)}
     */
    Optional<Duration> takeMessage(MessageRate rate, String author, String room);

    /** Gives back permits of an action that was not completed. */
    void giveBack(Action action, String author, long permits);

    /** The time until a permit is available, which is not taken; empty if one is. */
    Optional<Duration> wait(Action action, String author);
}
