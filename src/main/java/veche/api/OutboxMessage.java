package veche.api;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A message for the {@link Outbox}. Immutable.
 *
 * <pre>{@code
 * OutboxMessage.to("orders").from("server:shop", "Shop").text("Order 7 was shipped")
 * }</pre>
 *
 * @param room {@code [a-z0-9][a-z0-9_-]{0,63}}; created if it is new
 * @param authorId decides who owns the message, such as {@code server:shop}; 1 to 128 characters
 * @param authorName what people see; 1 to 32 characters
 * @param text the text, the caption of a file, the new text, or the emoji; at most {@code veche.outbox.max-bytes}
 * @param file of a message of the kind {@link Kind#FILE} only
 * @param target the id of the message that is changed, in the same room
 * @param idempotencyKey messages of an author with the same key in a room are one message, for
 *     {@code veche.log.key-memory}
 */
public record OutboxMessage(
        String room,
        String authorId,
        String authorName,
        Kind kind,
        Optional<String> text,
        Optional<File> file,
        Optional<UUID> target,
        Optional<String> idempotencyKey) {
    private static final Pattern ROOM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
    private static final int MAX_AUTHOR_ID = 128;
    private static final int MAX_AUTHOR_NAME = 32;

    /** What the message does in its room. */
    public enum Kind {
        /** Adds a text. */
        TEXT,
        /** Adds a file, with an optional caption. */
        FILE,
        /** Replaces the text of another message. */
        EDIT,
        /** Deletes another message. */
        DELETE,
        /** Adds an emoji to another message. */
        REACTION;

        String columnValue() {
            return name().toLowerCase(Locale.ROOT);
        }

        private boolean hasTarget() {
            return this != TEXT && this != FILE;
        }
    }

    /**
     * A file.
     *
     * @param name such as {@code bill.pdf}
     * @param content at most {@code veche.outbox.max-bytes}
     */
    @SuppressWarnings("ArrayRecordComponent") // copied
    public record File(String name, byte[] content) {
        public File {
            requireText(name, "The name of the file");
            content = content.clone();
        }

        /** A copy. */
        @Override
        public byte[] content() {
            return content.clone();
        }
    }

    /** @throws IllegalArgumentException which states what is wrong, if this is not a message */
    public OutboxMessage {
        Objects.requireNonNull(room, "room");
        require(ROOM.matcher(room).matches(), "'" + room + "' is not a room: [a-z0-9][a-z0-9_-]{0,63}");
        requireShort(authorId, MAX_AUTHOR_ID, "The id of the author");
        requireShort(authorName, MAX_AUTHOR_NAME, "The name of the author");
        text.ifPresent(content -> require(isWellFormed(content), "The text contains an unpaired surrogate or U+0000"));
        idempotencyKey.ifPresent(key -> requireText(key, "The idempotency key"));
        boolean hasText = text.filter(content -> !content.isEmpty()).isPresent();
        require(
                hasText || kind == Kind.FILE || kind == Kind.DELETE,
                "A message of the kind " + kind + " must have a text");
        require(file.isPresent() == (kind == Kind.FILE), "A message of the kind FILE, and no other, has a file");
        require(target.isPresent() == kind.hasTarget(), "A message that changes another, and no other, has a target");
    }

    /** Begins a message to a room. */
    public static To to(String room) {
        return new To(room);
    }

    /**
     * A message without its author.
     *
     * @param room as in {@link OutboxMessage}
     */
    public record To(String room) {
        /** Adds the author. */
        public From from(String authorId, String authorName) {
            return new From(room, authorId, authorName);
        }
    }

    /**
     * A message without its content. Its methods throw {@link IllegalArgumentException} if the message is invalid.
     *
     * @param room as in {@link OutboxMessage}
     * @param authorId as in {@link OutboxMessage}
     * @param authorName as in {@link OutboxMessage}
     */
    public record From(String room, String authorId, String authorName) {
        /** A text. */
        public OutboxMessage text(String text) {
            return message(Kind.TEXT, Optional.of(text), Optional.empty(), Optional.empty());
        }

        /** A file without a caption. */
        public OutboxMessage file(String name, byte[] content) {
            return message(Kind.FILE, Optional.empty(), Optional.of(new File(name, content)), Optional.empty());
        }

        /** A file with a caption. */
        public OutboxMessage file(String name, byte[] content, String caption) {
            return message(Kind.FILE, Optional.of(caption), Optional.of(new File(name, content)), Optional.empty());
        }

        /** Replaces the text of a message. */
        public OutboxMessage edit(UUID target, String text) {
            return message(Kind.EDIT, Optional.of(text), Optional.empty(), Optional.of(target));
        }

        /** Deletes a message. */
        public OutboxMessage delete(UUID target) {
            return message(Kind.DELETE, Optional.empty(), Optional.empty(), Optional.of(target));
        }

        /** Adds an emoji to a message. */
        public OutboxMessage reaction(UUID target, String emoji) {
            return message(Kind.REACTION, Optional.of(emoji), Optional.empty(), Optional.of(target));
        }

        private OutboxMessage message(Kind kind, Optional<String> text, Optional<File> file, Optional<UUID> target) {
            return new OutboxMessage(room, authorId, authorName, kind, text, file, target, Optional.empty());
        }
    }

    /** The same message with an idempotency key. */
    public OutboxMessage withIdempotencyKey(String key) {
        return new OutboxMessage(room, authorId, authorName, kind, text, file, target, Optional.of(key));
    }

    private static void requireShort(String value, int max, String what) {
        requireText(value, what);
        require(value.codePointCount(0, value.length()) <= max, what + " must have at most " + max + " characters");
    }

    private static void requireText(String value, String what) {
        require(!value.isBlank(), what + " must not be blank");
        require(isWellFormed(value), what + " contains an unpaired surrogate or U+0000");
    }

    /** Databases store neither, or replace them. */
    private static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(point -> point == 0 || (point >= 0xd800 && point <= 0xdfff));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
