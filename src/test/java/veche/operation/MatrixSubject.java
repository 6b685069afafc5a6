package veche.operation;

import java.util.Optional;
import veche.testing.Token;

/** The columns of the permission matrix: a user without rules or policies, by credentials. */
enum MatrixSubject {
    GUEST("guest"),
    USER("user"),
    CONFINED("user, token limited to one room"),
    MODERATOR("moderator"),
    CONFINED_MODERATOR("moderator, token limited to one room"),
    ADMIN("admin");

    private final String heading;

    MatrixSubject(String heading) {
        this.heading = heading;
    }

    String heading() {
        return heading;
    }

    /** A token; empty for guests. */
    Optional<String> token(String room, String subject) {
        return Optional.ofNullable(
                switch (this) {
                    case GUEST -> null;
                    case USER -> Token.of(subject, "User");
                    case CONFINED -> Token.confined(room, subject, "User");
                    case MODERATOR -> Token.of(subject, "User", "moderator");
                    case CONFINED_MODERATOR -> Token.confined(room, subject, "User", "moderator");
                    case ADMIN -> Token.of(subject, "User", "admin");
                });
    }
}
