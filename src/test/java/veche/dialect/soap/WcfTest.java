package veche.dialect.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import veche.dialect.Frame;

/** The first message of .NET's NetHttpBinding (text encoding, buffered), byte for byte, and its response. */
class WcfTest {
    /** As written by dotnet/wcf: no XML declaration, no BOM, prefixes s and a, To rewritten to ws. */
    static final String FIRST_MESSAGE = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
            + " xmlns:a=\"http://www.w3.org/2005/08/addressing\"><s:Header>"
            + "<a:Action s:mustUnderstand=\"1\">urn:veche:chat:1/Join</a:Action>"
            + "<a:MessageID>urn:uuid:3ba6a0a8-5f0e-4d2a-8f9b-0f5c1f0d6c11</a:MessageID>"
            + "<a:ReplyTo><a:Address>http://www.w3.org/2005/08/addressing/anonymous</a:Address></a:ReplyTo>"
            + "<a:To s:mustUnderstand=\"1\">ws://chat.example:8080/chat</a:To></s:Header>"
            + "<s:Body xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
            + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\">"
            + "<Join xmlns=\"urn:veche:chat:1\"><room>tea</room></Join></s:Body></s:Envelope>";

    private final SoapFixture.Member wcf = new SoapFixture().member("wcf");

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theFirstMessageInABinaryFrameIsAnsweredInABinaryFrame() {
        wcf.session.onBinary(bytes(FIRST_MESSAGE));
        ReceivedEnvelope answer = wcf.next();
        assertInstanceOf(Frame.Binary.class, answer.frame());
        assertEquals("urn:veche:chat:1/JoinResponse", answer.action());
        assertEquals("1", answer.text("//a:Action/@s:mustUnderstand"));
        assertEquals("urn:uuid:3ba6a0a8-5f0e-4d2a-8f9b-0f5c1f0d6c11", answer.relatesTo());
        assertEquals("JoinResponse", answer.body());
    }

    @Test
    void theFirstMessageInATextFrameIsAnsweredInATextFrame() {
        assertInstanceOf(Frame.Text.class, wcf.request(FIRST_MESSAGE).frame());
    }

    @Test
    void responsesUseTheFrameTypeLastReceived() {
        assertInstanceOf(Frame.Text.class, wcf.request(FIRST_MESSAGE).frame());
        wcf.session.onBinary(bytes(FIRST_MESSAGE));
        assertInstanceOf(Frame.Binary.class, wcf.next().frame());
        assertInstanceOf(Frame.Text.class, wcf.request(FIRST_MESSAGE).frame());
    }

    @Test
    void responsesBeginWithTheEnvelopeWithoutDeclarationOrByteOrderMark() {
        wcf.session.onBinary(bytes(FIRST_MESSAGE));
        Frame.Binary answer = (Frame.Binary) wcf.next().frame();
        byte[] start = new byte[12];
        answer.data().get(start);
        assertEquals("<s:Envelope ", new String(start, StandardCharsets.US_ASCII));
    }

    @Test
    void eachResponseHasItsOwnId() {
        String first = wcf.request(FIRST_MESSAGE).text("//a:MessageID");
        String second = wcf.request(FIRST_MESSAGE).text("//a:MessageID");
        assertTrue(first.matches("urn:uuid:[0-9a-f-]{36}"), first);
        assertFalse(first.equals(second));
    }

    @Test
    void cyrillicTextIsPreserved() {
        wcf.session.onBinary(bytes(FIRST_MESSAGE));
        wcf.next();
        wcf.session.onBinary(bytes(Envelopes.send("tea", "Слово на вече &amp; 🙂")));
        assertEquals("Слово на вече & 🙂", wcf.next().text("//c:Message/c:text"));
        assertEquals("SendResponse", wcf.next().body());
    }

    @Test
    void aByteOrderMarkAndADeclarationAreAccepted() {
        assertEquals(
                "JoinResponse",
                wcf.request("\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?>" + FIRST_MESSAGE)
                        .body());
    }
}
