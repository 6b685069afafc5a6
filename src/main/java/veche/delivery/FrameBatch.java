package veche.delivery;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import veche.dialect.Frame;
import veche.room.Audience;
import veche.room.Entry;

/**
 * Frames that are sent in one write, shared by all connections whose cursors are at the same position. Immutable except
 * for the cached serialized form, which any thread may compute.
 *
 * @see EncodedLog
 */
public final class FrameBatch {
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");

    private final long from;
    private final long to;
    private final List<Frame> frames;
    private final List<Audience> audiences;
    private final int weight;
    private final long at;
    private final long volume;
    private volatile byte @Nullable [] framed;
    private volatile byte @Nullable [] events;

    /**
     * @param from the position before the first message
     * @param to the position of the last message
     * @param audiences the audiences of those messages that are not for all subscribers
     */
    FrameBatch(long from, long to, List<Frame> frames, List<Audience> audiences) {
        this(from, to, frames, audiences, 0, 0);
    }

    private FrameBatch(long from, long to, List<Frame> frames, List<Audience> audiences, long at, long volume) {
        this.from = from;
        this.to = to;
        this.frames = List.copyOf(frames);
        this.audiences = List.copyOf(audiences);
        this.at = at;
        this.volume = volume;
        this.weight = frames.stream().mapToInt(Frame::weight).sum();
    }

    /** A batch of the frames of a room's entries from {@code first} to {@code last}. */
    static FrameBatch of(Entry first, Entry last, List<Frame> frames, List<Audience> audiences) {
        return new FrameBatch(
                first.message().position().number() - 1,
                last.message().position().number(),
                frames,
                audiences,
                first.message().at().toEpochMilli(),
                last.volume());
    }

    /** A batch for a single connection. */
    static FrameBatch of(List<Frame> frames) {
        return new FrameBatch(0, 0, frames, List.of());
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }

    /** The frames in the order in which they are sent. */
    public List<Frame> frames() {
        return frames;
    }

    int weight() {
        return weight;
    }

    /** The time of the first message in milliseconds since the epoch; 0 if unknown. */
    long at() {
        return at;
    }

    /** {@link Entry#volume()} of the last message; the entry itself may no longer be in memory. */
    long volume() {
        return volume;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** Whether the subscriber may receive all messages of this batch. */
    boolean admits(Object listener) {
        for (int i = 0; i < audiences.size(); i++) {
            if (!audiences.get(i).admits(listener)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns all frames as a server serializes them (RFC 6455 §5.2: FIN, unmasked), one after the other, in a buffer
     * with an independent position.
     */
    public ByteBuffer framed() {
        byte[] bytes = framed;
        if (bytes == null) {
            bytes = frame();
            framed = bytes;
        }
        return ByteBuffer.wrap(bytes);
    }

    /**
     * Returns all frames as server-sent events, one after the other, in a buffer with an independent position: a text
     * as an event without a type, bytes as an event {@code binary} in base64.
     */
    public ByteBuffer events() {
        byte[] bytes = events;
        if (bytes == null) {
            bytes = frames.stream()
                    .map(FrameBatch::event)
                    .collect(Collectors.joining())
                    .getBytes(StandardCharsets.UTF_8);
            events = bytes;
        }
        return ByteBuffer.wrap(bytes);
    }

    private static String event(Frame frame) {
        return frame instanceof Frame.Text text
                ? "data: " + LINE_BREAK.matcher(text.text()).replaceAll("\ndata: ") + "\n\n"
                : "event: binary\ndata: " + Base64.getEncoder().encodeToString(payload(frame)) + "\n\n";
    }

    /**
     * Returns the payloads of all frames, one after the other, for transports without frames, in a buffer with an
     * independent position. Of a batch, either this form or {@link #framed()} is used.
     */
    public ByteBuffer payloads() {
        byte[] bytes = framed;
        if (bytes == null) {
            ByteArrayOutputStream joined = new ByteArrayOutputStream(weight);
            frames.forEach(frame -> joined.writeBytes(payload(frame)));
            bytes = joined.toByteArray();
            framed = bytes;
        }
        return ByteBuffer.wrap(bytes);
    }

    private static byte[] payload(Frame frame) {
        if (frame instanceof Frame.Text text) {
            return text.text().getBytes(StandardCharsets.UTF_8);
        }
        ByteBuffer data = ((Frame.Binary) frame).data();
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return bytes;
    }

    private byte[] frame() {
        byte[][] texts = new byte[frames.size()][];
        int size = 0;
        for (int i = 0; i < texts.length; i++) {
            if (frames.get(i) instanceof Frame.Text text) {
                texts[i] = text.text().getBytes(StandardCharsets.UTF_8);
            }
            size += 10 + (texts[i] == null ? frames.get(i).weight() : texts[i].length);
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        for (int i = 0; i < texts.length; i++) {
            if (frames.get(i) instanceof Frame.Binary binary) {
                header(out, BINARY, binary.weight()).put(binary.data());
            } else {
                header(out, TEXT, texts[i].length).put(texts[i]);
            }
        }
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    private static ByteBuffer header(ByteBuffer out, int first, int length) {
        out.put((byte) first);
        if (length < 126) {
            return out.put((byte) length);
        }
        if (length < 1 << 16) {
            return out.put((byte) 126).putShort((short) length);
        }
        return out.put((byte) 127).putLong(length);
    }
}
