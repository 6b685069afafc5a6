package veche.socket.container;

import jakarta.websocket.Extension;
import java.io.ByteArrayOutputStream;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.glassfish.tyrus.core.extension.ExtendedExtension;
import org.glassfish.tyrus.core.frame.Frame;
import veche.socket.MessageAssembler;

/**
 * permessage-deflate (RFC 7692) for Tyrus, whose own, in a jar that Payara leaves out, inflates without a bound, never
 * ends on data behind a final block, and takes the parts of a message that is not compressed for compressed ones.
 *
 * <p>What the client sends is inflated; nothing is deflated, since what all hear is framed once for all of them. A frame
 * inflates to at most one byte more than a message may have: what was cut off has no end, so that {@link MessageAssembler} finds
 * it too big (1009). What cannot be inflated becomes a frame of a reserved kind, a protocol error (1002), for Tyrus
 * ignores what an extension throws. An inflater is made when the first compressed message comes.
 *
 * <p>Thread-safe: what belongs to a connection is in its context, which one thread uses at a time.
 */
final class TyrusDeflate implements ExtendedExtension {
    private static final System.Logger LOG = System.getLogger(TyrusDeflate.class.getName());

    private static final String INFLATER = TyrusDeflate.class.getName() + ".inflater";
    private static final String COMPRESSED = TyrusDeflate.class.getName() + ".compressed";
    private static final byte CONTINUATION = 0x0;
    /** RFC 6455 §5.2: reserved for further non-control frames. */
    private static final byte RESERVED = 0x3;
    /** RFC 7692 §7.2.2: what the sender took off the end. */
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    private static final int PIECE = 8192;

    private final List<Parameter> promised;
    private final int maxBytes;

    /**
     * @param wanted what the client asks of the server's own compression (RFC 7692 §7.1.1.1, §7.1.2.1) is promised, since
     *     there is none; what it says of its own changes nothing
     * @param maxBytes the most that a message may have
     */
    TyrusDeflate(Extension wanted, int maxBytes) {
        this.promised = wanted.getParameters().stream()
                .filter(parameter -> parameter.getName().startsWith("server_"))
                .toList();
        this.maxBytes = maxBytes;
    }

    @Override
    public String getName() {
        return DeflateNegotiation.NAME;
    }

    @Override
    public List<Parameter> getParameters() {
        return promised;
    }

    /** @param requested null, whatever the client asked for: Tyrus does not pass it on */
    @Override
    public List<Parameter> onExtensionNegotiation(ExtensionContext context, List<Parameter> requested) {
        return promised;
    }

    @Override
    public void onHandshakeResponse(ExtensionContext context, List<Parameter> response) {
        // A client's side, which this is not.
    }

    @Override
    public Frame processOutgoing(ExtensionContext context, Frame frame) {
        return frame;
    }

    @Override
    public Frame processIncoming(ExtensionContext context, Frame frame) {
        if (frame.isControlFrame()) {
            return frame;
        }
        Map<String, Object> state = context.getProperties();
        if (frame.getOpcode() != CONTINUATION) {
            // RFC 7692 §6: the bit stands on a message's first frame and counts for all of them.
            state.put(COMPRESSED, frame.isRsv1());
        }
        if (!Boolean.TRUE.equals(state.get(COMPRESSED))) {
            return frame;
        }
        try {
            byte[] inflated = inflate((Inflater) state.computeIfAbsent(INFLATER, unseen -> new Inflater(true)), frame);
            return Frame.builder(frame)
                    .rsv1(false)
                    .fin(frame.isFin() && inflated.length <= maxBytes)
                    .payloadData(inflated)
                    .payloadLength(inflated.length)
                    .build();
        } catch (DataFormatException e) {
            LOG.log(Level.DEBUG, "A frame cannot be inflated", e);
            return Frame.builder(frame).opcode(RESERVED).rsv1(false).build();
        }
    }

    private byte[] inflate(Inflater inflater, Frame frame) throws DataFormatException {
        ByteArrayOutputStream inflated = new ByteArrayOutputStream();
        inflate(inflater, frame.getPayloadData(), (int) frame.getPayloadLength(), inflated);
        if (frame.isFin()) {
            inflate(inflater, TAIL, TAIL.length, inflated);
        }
        return inflated.toByteArray();
    }

    private void inflate(Inflater inflater, byte[] data, int length, ByteArrayOutputStream inflated)
            throws DataFormatException {
        inflater.setInput(data, 0, length);
        byte[] piece = new byte[PIECE];
        int room = maxBytes + 1 - inflated.size();
        while (room > 0) {
            int count = inflater.inflate(piece, 0, Math.min(piece.length, room));
            inflated.write(piece, 0, count);
            room -= count;
            if (inflater.finished()) {
                // RFC 7692 §7.2.3.4: more may follow a block that calls itself the last.
                int rest = inflater.getRemaining();
                inflater.reset();
                inflater.setInput(data, length - rest, rest);
            } else if (count == 0) {
                return;
            }
        }
    }

    @Override
    public void destroy(ExtensionContext context) {
        Inflater inflater = (Inflater) context.getProperties().remove(INFLATER);
        if (inflater != null) {
            inflater.end();
        }
    }
}
