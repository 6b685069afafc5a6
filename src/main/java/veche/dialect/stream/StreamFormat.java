package veche.dialect.stream;

/** How messages are represented as server-sent events. */
public enum StreamFormat {
    /** Events {@code data} with an array of messages, each followed by an event {@code control} (Durable Streams §5.8). */
    DURABLE,
    /** One message an event, with its offset as id: for {@code EventSource} alone. */
    MESSAGES
}
