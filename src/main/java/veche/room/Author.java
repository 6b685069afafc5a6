package veche.room;

import java.util.Objects;

/**
 * Who said something.
 *
 * @param id stable for as long as the identity is: the key of idempotency and of "own" messages
 * @param name what others are shown; 1 to 32 visible characters
 */
public record Author(String id, String name) {
    public Author {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
    }
}
