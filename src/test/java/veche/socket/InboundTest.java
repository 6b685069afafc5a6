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
import veche.testing.Property;

class InboundTest {
    private static final int MAX = 24;

    private final MessageAssembler inbound = inbound(MAX);

    private static MessageAssembler inbound(int max) {
        return new MessageAssembler(
                new ConnectionLimits(max, max, 1, 1, Duration.ZERO, 1, Duration.ZERO, Duration.ZERO), "");
    }

    private static void assertTooBig(Runnable said) {
        assertEquals(
                CloseCode.TOO_BIG,
                assertThrows(MalformedMessageException.class, said::run).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ж", "€", "🎻", "xж€🎻"})
    void aTextIsCountedInBytesOfUtf8(String unit) {
        String text = unit.repeat(40);
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        assertEquals(Optional.of(text), inbound(bytes).text(text, true));
        assertTooBig(() -> inbound(bytes - 1).text(text, true));
    }

    @Test
    void aPairOfSurrogatesMayBeSplitBetweenParts() {
        String text = "🎻".repeat(MAX / 4);
        assertEquals(Optional.empty(), inbound.text(text.substring(0, 5), false));
        assertEquals(Optional.of(text), inbound.text(text.substring(5), true));
    }

    @Test
    void partsAreCountedTogetherAndTheNextMessageAnew() {
        for (int message = 0; message < 3; message++) {
            assertEquals(Optional.empty(), inbound.text("x".repeat(MAX / 2), false));
            assertEquals(Optional.empty(), inbound.text("", false));
            assertEquals(Optional.of("x".repeat(MAX)), inbound.text("x".repeat(MAX / 2), true));
        }
        inbound.text("x".repeat(MAX), false);
        assertTooBig(() -> inbound.text("x", true));
    }

    @Test
    void binaryPartsAreCountedTogetherToo() {
        assertEquals(Optional.empty(), inbound.binary(ByteBuffer.allocate(MAX - 1), false));
        assertEquals(
                MAX, inbound.binary(ByteBuffer.allocate(1), true).orElseThrow().remaining());
        inbound.binary(ByteBuffer.allocate(MAX), false);
        assertTooBig(() -> inbound.binary(ByteBuffer.allocate(1), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamp", "wamp.2.json", "wamp.2.json.batched", "soap"})
    void aTextOfASubprotocolMayBeAsLargeAsItsBinaryMessages(String subprotocol) {
        String text = "x".repeat(1 << 20);
        assertEquals(Optional.of(text), new MessageAssembler(ConnectionLimits.DEFAULT, subprotocol).text(text, true));
        assertTooBig(() -> new MessageAssembler(ConnectionLimits.DEFAULT, subprotocol).text(text + "x", true));
    }

    @Test
    void aTextWithoutASubprotocolHasItsOwnLimit() {
        String text = "x".repeat(64 << 10);
        assertEquals(Optional.of(text), new MessageAssembler(ConnectionLimits.DEFAULT, "").text(text, true));
        assertTooBig(() -> new MessageAssembler(ConnectionLimits.DEFAULT, "").text(text + "x", true));
    }

    @Test
    void theContainerMayUseItsBufferAgain() {
        byte[] bytes = {1, 2, 3};
        ByteBuffer whole = inbound.binary(ByteBuffer.wrap(bytes), true).orElseThrow();
        bytes[0] = 9;
        assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), whole);
    }

    /** A text, and the length of the parts that it is cut into. */
    private record Cut(String text, int part) {}

    private static Cut cut(Random random) {
        String text = random.ints(random.nextInt(100), 0, 4)
                .map(width -> switch (width) {
                    case 0 -> random.nextInt(0x80);
                    case 1 -> random.nextInt(0x80, 0x800);
                    case 2 -> random.nextInt(0x800, Character.MIN_SURROGATE);
                    default -> random.nextInt(0x10000, 0x110000);
                })
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return new Cut(text, random.nextInt(1, 6));
    }

    @Test
    void howeverATextIsCutIntoPartsItComesOutWhole() {
        Property.check(200, InboundTest::cut, cut -> assertComesOutWhole(cut.text(), cut.part()));
    }

    private static void assertComesOutWhole(String text, int part) {
        MessageAssembler large = inbound(text.length() * 3);
        Optional<String> whole = Optional.empty();
        for (int from = 0; from + part < text.length(); from += part) {
            assertEquals(Optional.empty(), large.text(text.substring(from, from + part), false));
        }
        int last = text.isEmpty() ? 0 : (text.length() - 1) / part * part;
        whole = large.text(text.substring(last), true);
        assertEquals(Optional.of(text), whole);
    }
}
