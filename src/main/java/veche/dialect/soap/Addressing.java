package veche.dialect.soap;

/**
 * A message's addressing properties (WS-Addressing 1.0 core, §3). What a message does not say is null.
 *
 * @param replyTo where answers go; absent means the anonymous address, which is this socket
 * @param faultTo where faults go; absent means to {@code replyTo}
 */
record Addressing(String action, String messageId, String to, EndpointReference replyTo, EndpointReference faultTo) {
    /** Of a message of which nothing could be read. */
    static final Addressing UNKNOWN = new Addressing(null, null, null, null, null);

    /** Whether the sender waits for an answer: it must have named its message, and not have declined. */
    boolean wantsAnswer() {
        return messageId != null && !(replyTo != null && replyTo.isNone());
    }

    /** Whether the message names a place for its answer, and so cannot be one-way (WS-Addressing 1.0 core, §3.4). */
    boolean expectsAnswer() {
        return replyTo != null && !replyTo.isNone();
    }

    /** Whether faults are wanted; they are told also to those who did not name their message. */
    boolean wantsFault() {
        EndpointReference target = faultTarget();
        return target == null || !target.isNone();
    }

    /** WS-Addressing 1.0 core, §3.4: faults go to FaultTo, else to ReplyTo. */
    EndpointReference faultTarget() {
        return faultTo != null ? faultTo : replyTo;
    }

    /** What an answer relates to. */
    String relatesTo() {
        return messageId != null ? messageId : Wsa.UNSPECIFIED;
    }
}
