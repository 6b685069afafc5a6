package veche.dialect.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import veche.dialect.CloseCode;
import veche.dialect.MalformedMessageException;
import veche.dialect.soap.message.Wsa;

/** Every mutated envelope is answered in SOAP or rejected with 1007; no other exception is thrown. */
class EnvelopeMutationTest {
    private static final int ROUNDS = 1_000;
    private static final long SEED = 20_261_124L;
    private static final List<String> PIECES = List.of(
            "<",
            ">",
            "</",
            "/>",
            "&",
            ";",
            "\"",
            "'",
            "=",
            ":",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<?x ?>",
            "&lt;",
            "&#x0;",
            "xmlns:s",
            "s:",
            "a:",
            "Envelope",
            "Body",
            "mustUnderstand",
            "1",
            "\u0000",
            "я",
            "🙂",
            "<!DOCTYPE a>",
            Wsa.NONE,
            Wsa.NS,
            "urn:veche:chat:1/Leave",
            "<room>tea</room>",
            "");

    private final Random random = new Random(SEED);
    private final SoapFixture.Member mallory = new SoapFixture().member("mallory");
    private int answered;
    private int rejected;

    private String mutated(String envelope) {
        StringBuilder text = new StringBuilder(envelope);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(1 << random.nextInt(6)));
            text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private void process(Runnable message) {
        try {
            message.run();
            answered++;
        } catch (MalformedMessageException malformed) {
            assertEquals(CloseCode.INVALID_PAYLOAD, malformed.code());
            rejected++;
        }
        while (!mallory.receivedNothing()) {
            mallory.received.remove();
        }
    }

    @Test
    void mutatedEnvelopesAreAnsweredOrRejectedWith1007() {
        String whole = Envelopes.envelope(
                Envelopes.action("urn:veche:chat:1/Send")
                        + Envelopes.id()
                        + Envelopes.replyTo(Wsa.ANONYMOUS)
                        + Envelopes.faultTo(Wsa.ANONYMOUS)
                        + Envelopes.to(),
                Envelopes.body("Send", "<room>tea</room><text>hi</text><data>AAAA</data><key>k</key>"));
        for (int round = 0; round < ROUNDS; round++) {
            String envelope = mutated(whole);
            process(() -> mallory.session.onText(envelope));
        }
        assertTrue(answered > ROUNDS / 20 && rejected > ROUNDS / 20, answered + " answered, " + rejected + " rejected");
    }

    @Test
    void mutatedBytesAreAnsweredOrRejectedWith1007() {
        byte[] whole = Envelopes.send("tea", "вече").getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = whole.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            process(() -> mallory.session.onBinary(ByteBuffer.wrap(bytes)));
        }
        assertTrue(answered > 0 && rejected > 0, answered + " answered, " + rejected + " rejected");
    }
}
