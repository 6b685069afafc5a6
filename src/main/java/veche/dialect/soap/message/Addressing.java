package veche.dialect.soap.message;

import org.jspecify.annotations.Nullable;

/**
 * The message addressing properties of one message (WS-Addressing 1.0 core, §3). Absent properties are null.
 *
 * @param replyTo the destination of the reply; absent means the anonymous address, that is, this connection
 * @param faultTo the destination of faults; absent means {@code replyTo}
 */
public record Addressing(
        @Nullable String action,
        @Nullable String messageId,
        @Nullable String to,
        @Nullable EndpointReference replyTo,
        @Nullable EndpointReference faultTo) {
    /** The properties of a message from which no header could be read. */
    static final Addressing UNKNOWN = new Addressing(null, null, null, null, null);

    /** Whether the sender expects a reply: the message has an id, and ReplyTo is not the "none" address. */
    public boolean wantsAnswer() {
        return messageId != null && !(replyTo != null && replyTo.isNone());
    }

    /** Whether the message names a reply endpoint, and therefore needs a message id (WS-Addressing 1.0 core, §3.4). */
    boolean expectsAnswer() {
        return replyTo != null && !replyTo.isNone();
    }

    /** Whether faults are sent for this message; a message without an id receives them too. */
    public boolean wantsFault() {
        EndpointReference target = faultTarget();
        return target == null || !target.isNone();
    }

    /** The fault endpoint: FaultTo, or ReplyTo if absent (WS-Addressing 1.0 core, §3.4). */
    @Nullable
    EndpointReference faultTarget() {
        return faultTo != null ? faultTo : replyTo;
    }

    /** The RelatesTo value of a reply or fault. */
    String relatesTo() {
        return messageId != null ? messageId : Wsa.UNSPECIFIED;
    }
}
