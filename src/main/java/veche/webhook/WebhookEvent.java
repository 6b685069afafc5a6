package veche.webhook;

import java.util.Locale;

/** What a webhook reports. */
public enum WebhookEvent {
    /** Messages of a room, which include edits, deletions, reactions and files. */
    MESSAGE("room.messages"),
    /** The first message of a room has been committed. */
    ROOM("room.created"),
    /** Actions of moderators. */
    MODERATION("moderation");

    private final String type;

    WebhookEvent(String type) {
        this.type = type;
    }

    /** The member {@code type} of the body. */
    String type() {
        return type;
    }

    /** @throws IllegalArgumentException if {@code veche.webhook.events} has no such value */
    public static WebhookEvent named(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("There is no event '" + name + "'", e);
        }
    }
}
