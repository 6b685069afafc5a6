package veche.permission;

import veche.room.User;

/** The users to which a rule applies. */
sealed interface Subject {
    boolean includes(User user);

    /**
     * Parses {@code *}, {@code guest}, {@code user}, {@code role:NAME} or an author id, such as {@code user:42}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    static Subject of(String text) {
        return switch (text) {
            case "*" -> new Everyone();
            case "guest" -> new Guests(true);
            case "user" -> new Guests(false);
            default -> named(text);
        };
    }

    private static Subject named(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a subject: expected *, guest, user, role:NAME or user:ID");
        }
        return text.startsWith("role:") ? new Role(text.substring(colon + 1)) : new Id(text);
    }

    /** All users. */
    record Everyone() implements Subject {
        @Override
        public boolean includes(User user) {
            return true;
        }
    }

    /** All guests, or all other users. */
    record Guests(boolean guests) implements Subject {
        @Override
        public boolean includes(User user) {
            return (user.provider() == User.Provider.GUEST) == guests;
        }
    }

    /** The users with a role. */
    record Role(String name) implements Subject {
        @Override
        public boolean includes(User user) {
            return user.roles().contains(name);
        }
    }

    /** One author. */
    record Id(String id) implements Subject {
        @Override
        public boolean includes(User user) {
            return user.author().id().equals(id);
        }
    }
}
