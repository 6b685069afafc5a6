package veche.room;

import java.security.Principal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody as the rooms know them: who it is, and what whoever vouches for them says that they may.
 *
 * @param author as whom they speak
 * @param roles what they are, the foremost first; without repeats
 * @param rooms the only rooms that they may enter and speak in; empty for all
 * @param expires when their proof of identity ends; empty for never
 * @param provider who vouches for them
 */
public record User(
        Author author, List<String> roles, Optional<Set<RoomName>> rooms, Optional<Instant> expires, Provider provider)
        implements Principal {
    /** Who can vouch for somebody. */
    public enum Provider {
        /** Nobody: they say so themselves. */
        GUEST,
        /** The container, by its own authentication. */
        CONTAINER,
        /** Whoever signed their token. */
        TOKEN,
        /** This server: it is code of the application. */
        SERVER
    }

    public User {
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(expires, "expires");
        roles = List.copyOf(new LinkedHashSet<>(roles));
        rooms = rooms.map(Set::copyOf);
    }

    /** The id of the author. */
    @Override
    public String getName() {
        return author.id();
    }

    /** Who is only known by what they say of themselves. */
    public static User guest(Author author) {
        return new User(author, List.of(), Optional.empty(), Optional.empty(), Provider.GUEST);
    }

    /** Code of the application in this server, which may everything. */
    public static User server(Author author) {
        return new User(author, List.of(), Optional.empty(), Optional.empty(), Provider.SERVER);
    }

    /** Whether their proof of identity has ended. */
    public boolean expired(Instant now) {
        return expires.filter(end -> !now.isBefore(end)).isPresent();
    }

    /** Whether they may enter some rooms only. */
    public boolean confined() {
        return rooms.isPresent();
    }

    boolean confinedOutOf(RoomName room) {
        return rooms.filter(these -> !these.contains(room)).isPresent();
    }
}
