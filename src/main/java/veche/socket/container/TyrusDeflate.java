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
 * permessage-deflate (RFC 7692) for Tyrus. Tyrus's own extension, in a jar that Payara does not include, inflates
 * without a limit, loops forever on data after a final block, and treats the fragments of an uncompressed message as
 * compressed.
 *
 * <p>Inflates incoming messages. Outgoing messages are not deflated, since a broadcast is framed once for all
 * recipients. The inflated size of a frame is limited to one byte more than the maximum message size; a truncated frame
 * loses its FIN bit, so that {@link MessageAssembler} rejects the message as too big (1009). A frame that cannot be
 * inflated is replaced by one with a reserved opcode, a protocol error (1002), because Tyrus ignores exceptions of
 * extensions. The inflater is created with the first compressed message.
 *
 * <p>Thread-safe: the state of a connection is in its context, which is used by one thread at a time.
 */
final class TyrusDeflate implements ExtendedExtension {
    private static final System.Logger LOG = System.getLogger(TyrusDeflate.class.getName());

    private static final String INFLATER = TyrusDeflate.class.getName() + ".inflater";
    private static final String COMPRESSED = TyrusDeflate.class.getName() + ".compressed";
    private static final byte CONTINUATION = 0x0;
    /** An opcode reserved for further non-control frames (RFC 6455 §5.2). */
    private static final byte RESERVED = 0x3;
    /** Appended before inflating, since the sender removes these bytes from the end of a message (RFC 7692 §7.2.2). */
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    private static final int CHUNK = 8192;

    private final List<Parameter> accepted;
    private final int maxBytes;

    /**
     * @param offer the client's offer; its parameters for the server's compression (RFC 7692 §7.1.1.1, §7.1.2.1) are
     *     accepted, since the server does not compress, and those for the client's compression are ignored
     * @param maxBytes the maximum message size
     */
    TyrusDeflate(Extension offer, int maxBytes) {
        this.accepted = offer.getParameters().stream()
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
        return accepted;
    }

    /** @param requested always null, since Tyrus does not pass on the client's offer */
    @Override
    public List<Parameter> onExtensionNegotiation(ExtensionContext context, List<Parameter> requested) {
        return accepted;
    }

    @Override
    public void onHandshakeResponse(ExtensionContext context, List<Parameter> response) {
        // Called only in clients.
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
            // RFC 7692 §6: RSV1 is set on the first frame of a message only and applies to all its frames.
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
            LOG.log(Level.DEBUG, "Failed to inflate a frame", e);
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
        byte[] chunk = new byte[CHUNK];
        int capacity = maxBytes + 1 - inflated.size();
        while (capacity > 0) {
            int count = inflater.inflate(chunk, 0, Math.min(chunk.length, capacity));
            inflated.write(chunk, 0, count);
            capacity -= count;
            if (inflater.finished()) {
                // RFC 7692 §7.2.3.4: more blocks may follow a block with the BFINAL bit.
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
