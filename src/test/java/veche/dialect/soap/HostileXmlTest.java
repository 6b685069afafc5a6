package veche.dialect.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.soap.Envelopes.body;
import static veche.dialect.soap.Envelopes.envelope;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.CloseCode;
import veche.dialect.MalformedMessageException;

/** Attacks with XML: an envelope that can be read is answered with a Fault, other input closes with 1007. */
class HostileXmlTest extends HostileXmlFixture {
    private void assertMalformed(String text) {
        MalformedMessageException malformed =
                assertThrows(MalformedMessageException.class, () -> mallory.session.onText(text));
        assertEquals(CloseCode.INVALID_PAYLOAD, malformed.code());
        assertTrue(mallory.receivedNothing());
    }

    @Test
    void nestedEntitiesAreNotExpanded() {
        StringBuilder dtd = new StringBuilder("<!DOCTYPE lolz [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 10; i++) {
            dtd.append("<!ENTITY l")
                    .append(i)
                    .append(" \"")
                    .append(("&l" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        String laughs = body("Send", "<room>tea</room><text>&l9;</text>");
        assertSendersFault(dtd + "]>" + envelope(HEADERS, laughs), "entities");
    }

    @Test
    void repeatedLargeEntitiesAreNotExpanded() {
        String dtd = "<!DOCTYPE x [<!ENTITY a \"" + "a".repeat(50_000) + "\">]>";
        assertSendersFault(
                dtd + envelope(HEADERS, body("Send", "<text>" + "&a;".repeat(9_000) + "</text>")), "entities");
    }

    @Test
    void externalEntitiesDoNotReadFiles(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret.txt"), "the-secret");
        String dtd = "<!DOCTYPE x [<!ENTITY f SYSTEM \"" + secret.toUri() + "\">]>";
        ReceivedEnvelope fault =
                mallory.request(dtd + envelope(HEADERS, body("Send", "<room>tea</room><text>&f;</text>")));
        assertTrue(fault.codes().startsWith("Sender"));
        assertFalse(fault.xml().contains("the-secret"));
        assertStillServed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE x SYSTEM \"http://127.0.0.1:PORT/x.dtd\">",
                "<!DOCTYPE x [<!ENTITY % p SYSTEM \"http://127.0.0.1:PORT/p\"> %p;]>",
                "<!DOCTYPE x PUBLIC \"-//X//Y\" \"http://127.0.0.1:PORT/y\">"
            })
    void externalDtdsAreNotFetched(String dtd) throws IOException {
        try (ServerSocket bait = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            bait.setSoTimeout(1);
            String own = dtd.replace("PORT", String.valueOf(bait.getLocalPort()));
            assertSendersFault(own + envelope(HEADERS, SEND), "document type");
            assertThrows(java.net.SocketTimeoutException.class, bait::accept);
        }
    }

    @Test
    void schemaLocationsOfTheSenderAreNotFetched() throws IOException {
        try (ServerSocket bait = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            bait.setSoTimeout(1);
            String hint = "<Send xmlns=\"urn:veche:chat:1\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                    + " xsi:schemaLocation=\"urn:veche:chat:1 http://127.0.0.1:" + bait.getLocalPort()
                    + "/x.xsd\"><room>tea</room><text>hi</text></Send>";
            assertEquals(
                    "SendResponse", mallory.request(envelope(HEADERS, hint)).body());
            assertThrows(java.net.SocketTimeoutException.class, bait::accept);
        }
    }

    @Test
    void undeclaredEntitiesAreRejected() {
        assertSendersFault(envelope(HEADERS, body("Send", "<room>tea</room><text>&nobody;</text>")), "entities");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "ISO-8859-1", "x-nothing"})
    void aDeclaredEncodingOtherThanUtf8IsRejected(String encoding) {
        assertSendersFault("<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>" + envelope(HEADERS, SEND), encoding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32"})
    void bytesInAnotherEncodingCloseWith1007(String encoding) {
        ByteBuffer bytes = ByteBuffer.wrap(envelope(HEADERS, SEND).getBytes(Charset.forName(encoding)));
        MalformedMessageException malformed =
                assertThrows(MalformedMessageException.class, () -> mallory.session.onBinary(bytes));
        assertEquals(CloseCode.INVALID_PAYLOAD, malformed.code());
    }

    @Test
    void invalidUtf8IsRejected() {
        byte[] bytes = envelope(HEADERS, SEND).getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length / 2] = (byte) 0xC0;
        assertThrows(MalformedMessageException.class, () -> mallory.session.onBinary(ByteBuffer.wrap(bytes)));
    }

    @Test
    void xml11IsRejected() {
        assertSendersFault("<?xml version=\"1.1\"?>" + envelope(HEADERS, SEND), "1.1");
    }

    @Test
    void xIncludeIsNotFollowed(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret.txt"), "the-secret");
        String include =
                "<room>tea</room><text><i:include xmlns:i=\"http://www.w3.org/2001/XInclude\" parse=\"text\" href=\""
                        + secret.toUri() + "\"/></text>";
        ReceivedEnvelope fault = mallory.request("Send", include);
        assertEquals("Sender/c:Invalid", fault.codes());
        assertFalse(fault.xml().contains("the-secret"));
    }

    @Test
    void mtomIncludesAreNotFollowed() {
        String include = "<room>tea</room><data><x:Include xmlns:x=\"http://www.w3.org/2004/08/xop/include\""
                + " href=\"cid:1@example\"/></data>";
        assertEquals("Sender/c:Invalid", mallory.request("Send", include).codes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?xml-stylesheet href=\"http://127.0.0.1/x.xsl\"?>%s",
                "%s<?end?>",
            })
    void processingInstructionsAroundTheEnvelopeAreRejected(String around) {
        assertSendersFault(around.replace("%s", envelope(HEADERS, SEND)), "processing instructions");
    }

    @Test
    void processingInstructionsInsideTheEnvelopeAreRejected() {
        assertSendersFault(envelope(HEADERS + "<?in header?>", SEND), "processing instructions");
        assertSendersFault(envelope(HEADERS, body("Send", "<room>te<?in text?>a</room>")), "processing instructions");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "{\"json\": true}",
                "<",
                "<s:Envelope>",
                "<a></b>",
                "<a b='1' b='2'/>",
                "<a/><b/>",
                "<a>\u0000</a>",
                "<a>&#0;</a>",
                "<a>]]></a>",
                "--uuid:1\r\nContent-Type: application/xop+xml\r\n\r\n<a/>\r\n--uuid:1--",
                "<a xmlns:p='urn:x'><q:b/></a>"
            })
    void malformedXmlClosesWith1007(String text) {
        assertMalformed(text);
    }

    @Test
    void aTruncatedEnvelopeClosesWith1007() {
        String whole = envelope(HEADERS, SEND);
        for (int length = 1; length < whole.length(); length += 7) {
            assertMalformed(whole.substring(0, length));
        }
    }

    @Test
    void contentAfterTheEnvelopeClosesWith1007() {
        assertMalformed(envelope(HEADERS, SEND) + envelope(HEADERS, SEND));
        assertEquals(
                0,
                server.rooms
                        .history(new veche.room.RoomName("tea"), Long.MAX_VALUE, 1)
                        .toCompletableFuture()
                        .join()
                        .size());
    }

    @Test
    void commentsAndCdataAreAccepted() {
        String odd = "<!-- a --><room>te<!-- b -->a</room><text><![CDATA[<hi>]]></text>";
        assertEquals(
                "SendResponse",
                mallory.request(envelope("<!-- c -->" + HEADERS, body("Send", odd)))
                        .body());
    }
}
