package veche.room;

import java.security.Principal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import veche.room.access.Capabilities;

/**
 * An identified user: identity, roles and permissions as asserted by an identity provider.
 *
 * @param author the author of the user's messages
 * @param roles the user's roles, the most significant first; without duplicates
 * @param rooms the only rooms that the user may enter and write to; empty for all rooms
 * @param expires expiry of the credentials; empty if they do not expire
 * @param provider the identity provider
 * @param token the claims that a revocation of the user's token names; empty without a token
 * @param capabilities the only rooms that the user may enter and the only privileges there; empty for all
 */
public record User(
        Author author,
        List<String> roles,
        Optional<Set<RoomName>> rooms,
        Optional<Instant> expires,
        Provider provider,
        Optional<TokenId> token,
        Optional<Capabilities> capabilities)
        implements Principal {
    /**
     * The claims of a token that a revocation names (RFC 7519 §4.1).
     *
     * @param jti the id of the token; empty if it has none
     * @param issued its time of issue, whole seconds; empty if it has none
     */
    public record TokenId(Optional<String> jti, Optional<Instant> issued) {}

    /** The source of a user's identity. */
    public enum Provider {
        /** Self-asserted and unverified. */
        GUEST,
        /** The container's authentication. */
        CONTAINER,
        /** The issuer of a signed token. */
        TOKEN,
        /** A credential of this server's own store. */
        CREDENTIAL,
        /** Application code in this server. */
        SERVER
    }

    public User {
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(expires, "expires");
        Objects.requireNonNull(capabilities, "capabilities");
        roles = List.copyOf(new LinkedHashSet<>(roles));
        rooms = rooms.map(Set::copyOf);
    }

    /** Creates a user without a token. */
    public User(
            Author author,
            List<String> roles,
            Optional<Set<RoomName>> rooms,
            Optional<Instant> expires,
            Provider provider) {
        this(author, roles, rooms, expires, provider, Optional.empty());
    }

    /** Creates a user without capabilities. */
    public User(
            Author author,
            List<String> roles,
            Optional<Set<RoomName>> rooms,
            Optional<Instant> expires,
            Provider provider,
            Optional<TokenId> token) {
        this(author, roles, rooms, expires, provider, token, Optional.empty());
    }

    /** The author's id. */
    @Override
    public String getName() {
        return author.id();
    }

    /** Creates a user whose identity is unverified. */
    public static User guest(Author author) {
        return new User(author, List.of(), Optional.empty(), Optional.empty(), Provider.GUEST);
    }

    /** Creates a user for application code in this server, which has all privileges. */
    public static User server(Author author) {
        return new User(author, List.of(), Optional.empty(), Optional.empty(), Provider.SERVER);
    }

    /** Whether the credentials have expired. */
    public boolean expired(Instant now) {
        return expires.filter(end -> !now.isBefore(end)).isPresent();
    }

    /** Whether access is limited to {@link #rooms} or {@link #capabilities}. */
    public boolean confined() {
        return rooms.isPresent() || capabilities.isPresent();
    }

    /** @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) if access is limited to other rooms */
    void checkAdmission(RoomName room) {
        if (confinedOutOf(room)) {
            throw new RefusedException(
                    RefusedException.Reason.NOT_ALLOWED, "This token does not grant access to the room " + room);
        }
    }

    boolean confinedOutOf(RoomName room) {
        return rooms.filter(these -> !these.contains(room)).isPresent()
                || capabilities.filter(these -> !these.admit(room.value())).isPresent();
    }

    /** Whether the credentials admit the user to any room whose name starts with the given text. */
    boolean admittedToAny(String beginning) {
        return rooms.map(these -> these.stream().anyMatch(room -> room.value().startsWith(beginning)))
                        .orElse(true)
                && capabilities.map(these -> these.admitAny(beginning)).orElse(true);
    }

    /**
     * @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) if either user has no token or their
     *     subjects differ, or ({@link RefusedException.Reason#INVALID}) if the newer token expires earlier
     */
    void checkRenewal(User newer) {
        if (provider != Provider.TOKEN || newer.provider != Provider.TOKEN) {
            throw new RefusedException(
                    RefusedException.Reason.NOT_ALLOWED,
                    "Only a connection that was identified by a token may renew it");
        }
        if (!newer.author.id().equals(author.id())) {
            throw new RefusedException(RefusedException.Reason.NOT_ALLOWED, "The token has another subject");
        }
        if (newer.expires.orElse(Instant.MAX).isBefore(expires.orElse(Instant.MAX))) {
            throw new RefusedException(
                    RefusedException.Reason.INVALID, "The token expires earlier than the present one");
        }
    }
}
