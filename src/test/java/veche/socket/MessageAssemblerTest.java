package veche.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.delivery.ConnectionLimits;
import veche.dialect.CloseCode;
import veche.dialect.MalformedMessageException;
import veche.limit.ClientMemory;
import veche.testing.Property;

class MessageAssemblerTest {
    private static final int MAX = 24;
    private static final ClientMemory MEMORY = ClientMemory.unlimited();

    private final MessageAssembler assembler = assembler(MAX);

    private static MessageAssembler assembler(int max) {
        return new MessageAssembler(
                new ConnectionLimits(max, max, 1, 1, Duration.ZERO, 1, Duration.ZERO, Duration.ZERO), "", MEMORY);
    }

    private static void assertTooBig(Runnable action) {
        assertEquals(
                CloseCode.TOO_BIG,
                assertThrows(MalformedMessageException.class, action::run).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ж", "€", "🎻", "xж€🎻"})
    void textIsCountedInUtf8Bytes(String unit) {
        String text = unit.repeat(40);
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        assertEquals(Optional.of(text), assembler(bytes).text(text, true));
        assertTooBig(() -> assembler(bytes - 1).text(text, true));
    }

    @Test
    void aSurrogatePairMayBeSplitBetweenFragments() {
        String text = "🎻".repeat(MAX / 4);
        assertEquals(Optional.empty(), assembler.text(text.substring(0, 5), false));
        assertEquals(Optional.of(text), assembler.text(text.substring(5), true));
    }

    @Test
    void theSizeOfAllFragmentsCountsAndIsResetPerMessage() {
        for (int message = 0; message < 3; message++) {
            assertEquals(Optional.empty(), assembler.text("x".repeat(MAX / 2), false));
            assertEquals(Optional.empty(), assembler.text("", false));
            assertEquals(Optional.of("x".repeat(MAX)), assembler.text("x".repeat(MAX / 2), true));
        }
        assembler.text("x".repeat(MAX), false);
        assertTooBig(() -> assembler.text("x", true));
    }

    @Test
    void theSizeOfAllBinaryFragmentsCounts() {
        assertEquals(Optional.empty(), assembler.binary(ByteBuffer.allocate(MAX - 1), false));
        assertEquals(
                MAX,
                assembler.binary(ByteBuffer.allocate(1), true).orElseThrow().remaining());
        assembler.binary(ByteBuffer.allocate(MAX), false);
        assertTooBig(() -> assembler.binary(ByteBuffer.allocate(1), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamp", "wamp.2.json", "wamp.2.json.batched", "soap"})
    void aTextOfASubprotocolMayBeAsLargeAsItsBinaryMessages(String subprotocol) {
        String text = "x".repeat(1 << 20);
        assertEquals(
                Optional.of(text),
                new MessageAssembler(ConnectionLimits.DEFAULT, subprotocol, MEMORY).text(text, true));
        assertTooBig(() -> new MessageAssembler(ConnectionLimits.DEFAULT, subprotocol, MEMORY).text(text + "x", true));
    }

    @Test
    void aTextWithoutASubprotocolHasItsOwnLimit() {
        String text = "x".repeat(64 << 10);
        assertEquals(Optional.of(text), new MessageAssembler(ConnectionLimits.DEFAULT, "", MEMORY).text(text, true));
        assertTooBig(() -> new MessageAssembler(ConnectionLimits.DEFAULT, "", MEMORY).text(text + "x", true));
    }

    @Test
    void incompleteMessagesAreAccountedUntilTheirLastPartOrTheClose() {
        ClientMemory memory = ClientMemory.unlimited();
        MessageAssembler parts = new MessageAssembler(ConnectionLimits.DEFAULT, "", memory);
        parts.text("whole", true);
        assertEquals(0, memory.total());
        parts.text("x".repeat(10), false);
        parts.text("x".repeat(20), false);
        assertEquals(60, memory.bytes(ClientMemory.Part.ASSEMBLY));
        parts.text("", true);
        assertEquals(0, memory.total());
        parts.binary(ByteBuffer.allocate(100), false);
        assertEquals(100, memory.total());
        parts.receiving(1_000);
        parts.receiving(3_000);
        assertEquals(3_100, parts.held());
        assertEquals(3_100, memory.total());
        parts.release();
        parts.release();
        assertEquals(0, memory.total());
    }

    @Test
    void theContainersBufferIsCopied() {
        byte[] bytes = {1, 2, 3};
        ByteBuffer whole = assembler.binary(ByteBuffer.wrap(bytes), true).orElseThrow();
        bytes[0] = 9;
        assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), whole);
    }

    /** A text and the length of its fragments. */
    private record Fragmentation(String text, int fragmentLength) {}

    private static Fragmentation fragmentation(Random random) {
        String text = random.ints(random.nextInt(100), 0, 4)
                .map(width -> switch (width) {
                    case 0 -> random.nextInt(0x80);
                    case 1 -> random.nextInt(0x80, 0x800);
                    case 2 -> random.nextInt(0x800, Character.MIN_SURROGATE);
                    default -> random.nextInt(0x10000, 0x110000);
                })
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return new Fragmentation(text, random.nextInt(1, 6));
    }

    @Test
    void aTextIsReassembledFromAnyFragmentation() {
        Property.check(
                200,
                MessageAssemblerTest::fragmentation,
                fragmentation -> assertReassembled(fragmentation.text(), fragmentation.fragmentLength()));
    }

    private static void assertReassembled(String text, int fragmentLength) {
        MessageAssembler large = assembler(text.length() * 3);
        Optional<String> whole = Optional.empty();
        for (int from = 0; from + fragmentLength < text.length(); from += fragmentLength) {
            assertEquals(Optional.empty(), large.text(text.substring(from, from + fragmentLength), false));
        }
        int last = text.isEmpty() ? 0 : (text.length() - 1) / fragmentLength * fragmentLength;
        whole = large.text(text.substring(last), true);
        assertEquals(Optional.of(text), whole);
    }
}
