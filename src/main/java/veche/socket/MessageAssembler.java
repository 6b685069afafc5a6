package veche.socket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import veche.delivery.ConnectionLimits;
import veche.dialect.CloseCode;
import veche.dialect.MalformedMessageException;
import veche.limit.ClientMemory;

/**
 * Assembles messages from their parts and enforces the size limits, since the containers' own limits differ. Called by
 * one thread at a time, except {@link #release}.
 */
public final class MessageAssembler {
    private final int maxTextBytes;
    private final int maxBinaryBytes;
    private final StringBuilder text = new StringBuilder(0);
    private ByteArrayOutputStream data = new ByteArrayOutputStream(0);
    private int textBytes;
    private final ClientMemory memory;
    /** The accounted bytes; the client decides how large the buffers become. */
    private final AtomicLong held = new AtomicLong();
    /** The bytes of an incomplete frame. */
    private final AtomicLong frame = new AtomicLong();

    /** @param memory accounts the parts of messages that are not complete */
    MessageAssembler(ConnectionLimits limits, String subprotocol, ClientMemory memory) {
        this.memory = memory;
        this.maxTextBytes = limits.maxTextBytes(subprotocol);
        this.maxBinaryBytes = limits.maxBinaryBytes();
    }

    /**
     * Adds a part of a text message.
     *
     * @return the whole message after its last part, otherwise empty
     * @throws MalformedMessageException with code 1009 if the message exceeds the limit
     */
    Optional<String> text(String part, boolean last) {
        textBytes += utf8Length(part);
        if (textBytes > maxTextBytes) {
            throw new MalformedMessageException(CloseCode.TOO_BIG, "Text message exceeds " + maxTextBytes + " bytes");
        }
        if (last && text.isEmpty()) {
            textBytes = 0;
            return Optional.of(part);
        }
        text.append(part);
        if (!last) {
            hold(2L * part.length());
            return Optional.empty();
        }
        String whole = text.toString();
        text.setLength(0);
        text.trimToSize();
        textBytes = 0;
        completed();
        return Optional.of(whole);
    }

    /**
     * Adds a part of a binary message; the buffer may be reused afterwards.
     *
     * @return the whole message after its last part, otherwise empty
     * @throws MalformedMessageException with code 1009 if the message exceeds the limit
     */
    Optional<ByteBuffer> binary(ByteBuffer part, boolean last) {
        if (data.size() + part.remaining() > maxBinaryBytes) {
            throw new MalformedMessageException(
                    CloseCode.TOO_BIG, "Binary message exceeds " + maxBinaryBytes + " bytes");
        }
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        if (last && data.size() == 0) {
            return Optional.of(ByteBuffer.wrap(bytes));
        }
        data.writeBytes(bytes);
        if (!last) {
            hold(bytes.length);
            return Optional.empty();
        }
        ByteBuffer whole = ByteBuffer.wrap(data.toByteArray());
        // Replaced, since reset() would retain the buffer for the lifetime of the connection.
        data = new ByteArrayOutputStream(0);
        completed();
        return Optional.of(whole);
    }

    private void hold(long bytes) {
        held.addAndGet(bytes);
        memory.counter(ClientMemory.Part.ASSEMBLY).add(bytes);
    }

    /** Accounts the bytes of an incomplete frame that the container has received. */
    void receiving(long bytes) {
        if (bytes > 0 || frame.get() > 0) {
            memory.counter(ClientMemory.Part.ASSEMBLY).add(bytes - frame.getAndSet(bytes));
        }
    }

    /** The approximate size of the incomplete message and frame in memory, in bytes. */
    long held() {
        return held.get() + frame.get();
    }

    /** Ends the accounting of the incomplete message and frame. Idempotent; called by any thread. */
    void release() {
        completed();
        receiving(0);
    }

    private void completed() {
        memory.counter(ClientMemory.Part.ASSEMBLY).add(-held.getAndSet(0));
    }

    private static int utf8Length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // A surrogate pair is encoded in four bytes: two for each surrogate.
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }
}
