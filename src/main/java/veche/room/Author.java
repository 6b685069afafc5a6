package veche.room;

import java.util.Objects;

/**
 * The author of a message or signal.
 *
 * @param id stable for the lifetime of the identity; scopes idempotency keys and decides the ownership of messages
 * @param name display name; 1 to 32 visible characters
 */
public record Author(String id, String name) {
    /** Stands for every author whose data has been erased. */
    public static final Author ERASED = new Author("erased", "[erased]");

    /** The beginning of the ids of guests. */
    public static final String GUEST = "guest:";

    public Author {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
    }

    /** Whether the identity is unverified, so that the name was freely chosen. */
    public boolean isGuest() {
        return id.startsWith(GUEST);
    }
}
