package veche.room.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a user may do in a room. */
public enum Privilege {
    /** Enter the room and receive its messages. */
    READ,
    /** Read earlier messages: history, search and the recovery of missed messages. */
    HISTORY,
    /** List the members of the room, and receive who joins and leaves. */
    MEMBERS,
    /** Send texts. */
    WRITE,
    /** Send files. */
    ATTACH,
    /** React to messages. */
    REACT,
    /** Edit one's own messages. */
    EDIT_OWN,
    /** Delete one's own messages. */
    DELETE_OWN,
    /** Send the first message of a room, which creates it. */
    CREATE,
    /** Delete another author's message. */
    DELETE,
    /** Close another author's connections. */
    KICK,
    /** Ban and unban an author. */
    BAN,
    /** Mute and unmute an author. */
    MUTE,
    /** Set a room's slow mode or read-only mode, close it and open it. */
    MODE,
    /** Read the audit log, active bans and mutes, and the revisions of messages. */
    AUDIT,
    /** Export, erase and hold the messages of an author in all rooms; reserved to the highest role. */
    ERASE;

    /** The privileges of moderators. */
    public static final Set<Privilege> MODERATION = Collections.unmodifiableSet(EnumSet.range(DELETE, AUDIT));

    /** The privileges of the highest moderators. */
    public static final Set<Privilege> ADMINISTRATION = Collections.unmodifiableSet(EnumSet.range(DELETE, ERASE));

    /** The privileges of users without a moderator role, unless a policy grants others. */
    public static final Set<Privilege> MEMBERSHIP = Collections.unmodifiableSet(EnumSet.range(READ, CREATE));

    /** The privileges that change nothing. */
    public static final Set<Privilege> READING = Collections.unmodifiableSet(EnumSet.of(READ, HISTORY, MEMBERS));

    private static final Map<String, Set<Privilege>> GROUPS =
            Map.of("member", MEMBERSHIP, "moderate", MODERATION, "all", EnumSet.allOf(Privilege.class));

    /** The privileges that are in both sets. */
    public static Set<Privilege> common(Set<Privilege> some, Set<Privilege> others) {
        EnumSet<Privilege> both = EnumSet.noneOf(Privilege.class);
        both.addAll(some);
        both.retainAll(others);
        return both;
    }

    /** The name in protocols and rules: in lower case, with hyphens. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The privileges of the group {@code member}, {@code moderate} or {@code all}, or the privilege with this wire
     * name.
     *
     * @throws IllegalArgumentException if there is neither
     */
    public static Set<Privilege> named(String name) {
        Set<Privilege> group = GROUPS.get(name);
        return group == null ? Set.of(ofWireName(name)) : group;
    }

    private static Privilege ofWireName(String name) {
        for (Privilege privilege : values()) {
            if (privilege.wireName().equals(name)) {
                return privilege;
            }
        }
        throw new IllegalArgumentException("Unknown privilege '" + name + "'");
    }
}
