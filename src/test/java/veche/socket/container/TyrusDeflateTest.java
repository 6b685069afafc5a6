package veche.socket.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.websocket.Extension;
import jakarta.websocket.Extension.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import org.glassfish.tyrus.core.extension.ExtendedExtension.ExtensionContext;
import org.glassfish.tyrus.core.frame.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TyrusDeflateTest {
    private static final int MAX = 1000;
    private static final byte TEXT = 1;
    private static final byte CONTINUATION = 0;
    private static final byte PING = 9;

    private final TyrusDeflate deflate = new TyrusDeflate(offer(), MAX);
    private final Map<String, Object> state = new HashMap<>();
    private final ExtensionContext context = () -> state;
    private final Deflater sender = new Deflater(Deflater.DEFAULT_COMPRESSION, true);

    @AfterEach
    void end() {
        deflate.destroy(context);
        sender.end();
        assertFalse(state.values().stream().anyMatch(java.util.zip.Inflater.class::isInstance));
    }

    private static Extension offer(Parameter... parameters) {
        return new Extension() {
            @Override
            public String getName() {
                return "permessage-deflate";
            }

            @Override
            public List<Parameter> getParameters() {
                return List.of(parameters);
            }
        };
    }

    private static Frame frame(byte opcode, boolean compressed, boolean last, byte[] payload) {
        return Frame.builder()
                .opcode(opcode)
                .rsv1(compressed)
                .fin(last)
                .payloadData(payload)
                .payloadLength(payload.length)
                .build();
    }

    private Frame receive(Frame frame) {
        return deflate.processIncoming(context, frame);
    }

    /** Compresses as in RFC 7692 §7.2.1 with context takeover between messages. */
    private byte[] compress(String text) {
        sender.setInput(text.getBytes(StandardCharsets.UTF_8));
        byte[] out = new byte[100_000];
        int length = sender.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(out, length - 4);
    }

    private static String text(Frame frame) {
        assertFalse(frame.isRsv1());
        assertEquals(frame.getPayloadLength(), frame.getPayloadData().length);
        return new String(frame.getPayloadData(), StandardCharsets.UTF_8);
    }

    @Test
    void messagesAreInflatedWithTheWindowOfPreviousMessages() {
        assertEquals("вече", text(receive(frame(TEXT, true, true, compress("вече")))));
        byte[] again = compress("вече");
        assertTrue(again.length < 8, "refers to the previous message");
        assertEquals("вече", text(receive(frame(TEXT, true, true, again))));
    }

    @Test
    void aFragmentedMessageIsInflatedFragmentByFragment() {
        byte[] whole = compress("the assembly of the town");
        String first = text(receive(frame(TEXT, true, false, Arrays.copyOf(whole, 9))));
        String second = text(receive(frame(CONTINUATION, false, true, Arrays.copyOfRange(whole, 9, whole.length))));
        assertEquals("the assembly of the town", first + second);
    }

    @Test
    void uncompressedFragmentsAreUnchanged() {
        Frame first = frame(TEXT, false, false, "not ".getBytes(StandardCharsets.UTF_8));
        Frame second = frame(CONTINUATION, false, true, "compressed".getBytes(StandardCharsets.UTF_8));
        assertSame(first, receive(first));
        assertSame(second, receive(second));
        assertTrue(state.values().stream().noneMatch(java.util.zip.Inflater.class::isInstance));
    }

    @Test
    void aPingBetweenFragmentsIsUnchanged() {
        byte[] whole = compress("the assembly of the town");
        Frame first = receive(frame(TEXT, true, false, Arrays.copyOf(whole, 9)));
        Frame ping = frame(PING, false, true, new byte[0]);
        assertSame(ping, receive(ping));
        Frame second = receive(frame(CONTINUATION, false, true, Arrays.copyOfRange(whole, 9, whole.length)));
        assertEquals("the assembly of the town", text(first) + text(second));
    }

    @ParameterizedTest
    @CsvSource({"999, 999, true", "1000, 1000, true", "1001, 1001, false", "90000, 1001, false"})
    void aFrameOverTheLimitInflatesToOneExtraByteAndIsNotFinal(int length, int inflated, boolean last) {
        Frame frame = receive(frame(TEXT, true, true, compress("x".repeat(length))));
        assertEquals(inflated, text(frame).length());
        assertEquals(last, frame.isFin());
    }

    @ParameterizedTest
    @CsvSource({
        // The examples of RFC 7692 §7.2.3: one block, no compression, a final block, two blocks.
        "f2 48 cd c9 c9 07 00",
        "00 05 00 fa ff 48 65 6c 6c 6f 00",
        "f3 48 cd c9 c9 07 00 00",
        "f2 48 05 00 00 00 ff ff ca c9 c9 07 00"
    })
    void theExamplesOfRfc7692AreInflated(String payload) {
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(payload);
        assertEquals("Hello", text(receive(frame(TEXT, true, true, bytes))));
    }

    @Test
    void invalidDataBecomesAFrameWithAReservedOpcode() {
        Frame frame = receive(frame(TEXT, true, true, new byte[] {(byte) 0xff, (byte) 0xff, 1, 2}));
        assertEquals(3, frame.getOpcode());
    }

    @Test
    void outgoingFramesAreNotCompressed() {
        Frame frame = frame(TEXT, false, true, new byte[100]);
        assertSame(frame, deflate.processOutgoing(context, frame));
    }

    private record RequestedParameter(String name, String value) implements Parameter {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public String getValue() {
            return value;
        }
    }

    @Test
    void requestedServerCompressionParametersAreAccepted() {
        Parameter[] requested = {
            new RequestedParameter("client_max_window_bits", ""),
            new RequestedParameter("server_no_context_takeover", ""),
            new RequestedParameter("server_max_window_bits", "10")
        };
        TyrusDeflate deflate = new TyrusDeflate(offer(requested), MAX);
        assertEquals(List.of(requested[1], requested[2]), deflate.onExtensionNegotiation(context, null));
    }

    @Test
    void binaryFramesAreInflated() {
        byte[] bytes = new byte[500];
        Arrays.fill(bytes, (byte) 0x80);
        sender.setInput(bytes);
        byte[] out = new byte[1000];
        int length = sender.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        assertArrayEquals(
                bytes,
                receive(frame((byte) 2, true, true, Arrays.copyOf(out, length - 4)))
                        .getPayloadData());
    }
}
