package veche.dialect.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.soap.Envelopes.action;
import static veche.dialect.soap.Envelopes.body;
import static veche.dialect.soap.Envelopes.envelope;
import static veche.dialect.soap.Envelopes.id;

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
import veche.dialect.soap.message.Wsa;
import veche.dialect.soap.message.XmlLimits;

/** What an attacker sends: each gets a Fault where an envelope could be read, and 1007 where it is not XML. */
class HostileXmlTest {
    private static final String HEADERS = action("urn:veche:chat:1/Send") + id();
    private static final String SEND = body("Send", "<room>tea</room><text>hi</text>");

    private final Hall hall = new Hall();
    private final Hall.Member mallory = hall.member("mallory");

    private void assertStillServed() {
        assertEquals("SendResponse", mallory.ask(envelope(HEADERS, SEND)).body());
    }

    private void assertSendersFault(String envelope, String sentence) {
        Heard fault = mallory.ask(envelope);
        assertTrue(fault.codes().startsWith("Sender"), fault.xml());
        assertTrue(fault.text("//s:Reason/s:Text[@xml:lang='en']").contains(sentence), fault.xml());
        assertStillServed();
    }

    private void assertNotXml(String said) {
        MalformedMessageException malformed =
                assertThrows(MalformedMessageException.class, () -> mallory.session.onText(said));
        assertEquals(CloseCode.INVALID_PAYLOAD, malformed.code());
        assertTrue(mallory.heardNothing());
    }

    @Test
    void aBillionLaughsAreNotLaughed() {
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
    void aQuadraticBlowUpIsNotExpanded() {
        String dtd = "<!DOCTYPE x [<!ENTITY a \"" + "a".repeat(50_000) + "\">]>";
        assertSendersFault(
                dtd + envelope(HEADERS, body("Send", "<text>" + "&a;".repeat(9_000) + "</text>")), "entities");
    }

    @Test
    void filesAreNotRead(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret.txt"), "the-secret");
        String dtd = "<!DOCTYPE x [<!ENTITY f SYSTEM \"" + secret.toUri() + "\">]>";
        Heard fault = mallory.ask(dtd + envelope(HEADERS, body("Send", "<room>tea</room><text>&f;</text>")));
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
    void nothingIsFetched(String dtd) throws IOException {
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
            assertEquals("SendResponse", mallory.ask(envelope(HEADERS, hint)).body());
            assertThrows(java.net.SocketTimeoutException.class, bait::accept);
        }
    }

    @Test
    void undeclaredEntitiesAreRefused() {
        assertSendersFault(envelope(HEADERS, body("Send", "<room>tea</room><text>&nobody;</text>")), "entities");
    }

    @Test
    void deepNestingIsRefusedInTheBody() {
        String deep = "<value>".repeat(100_000) + "</value>".repeat(100_000);
        assertSendersFault(envelope(HEADERS, body("Send", deep)), "not valid against the schema");
    }

    @Test
    void deepNestingIsRefusedInAHeader() {
        String deep = "<q:x xmlns:q=\"urn:q\">" + "<q:x>".repeat(100_000);
        assertSendersFault(envelope(HEADERS + deep, SEND), "nested more than");
    }

    @Test
    void deepNestingIsRefusedInAReferenceParameter() {
        String deep = "<a:ReplyTo><a:Address>" + Wsa.ANONYMOUS + "</a:Address><a:ReferenceParameters>"
                + "<q:x xmlns:q=\"urn:q\">".repeat(100_000);
        assertSendersFault(envelope(HEADERS + deep, SEND), "nested more than");
    }

    @Test
    void deepValuesOfACallAreRefused() {
        String deep = "<procedure>x.y</procedure><args>" + "<value><list>".repeat(1_000)
                + "</list></value>".repeat(1_000) + "</args>";
        assertSendersFault(envelope(action("urn:veche:chat:1/Call") + id(), body("Call", deep)), "nested more than");
    }

    @Test
    void aHundredThousandAttributesAreRefused() {
        StringBuilder many = new StringBuilder("<Send xmlns=\"urn:veche:chat:1\"");
        for (int i = 0; i < 100_000; i++) {
            many.append(" a").append(i).append("=\"\"");
        }
        assertSendersFault(envelope(HEADERS, many + "/>"), "limit of the XML parser");
    }

    @Test
    void aHundredAttributesAreRefused() {
        StringBuilder many = new StringBuilder("<Send xmlns=\"urn:veche:chat:1\"");
        for (int i = 0; i < 100; i++) {
            many.append(" xmlns:p").append(i).append("=\"urn:").append(i).append("\"");
        }
        assertSendersFault(envelope(HEADERS, many + "/>"), "more than 64 attributes");
    }

    @Test
    void hugeNamesAreRefused() {
        String name = "n".repeat(1_000_000);
        assertSendersFault(envelope(HEADERS, "<" + name + "/>"), "limit of the XML parser");
    }

    @Test
    void tooManyElementsAreRefused() {
        assertSendersFault(
                envelope(HEADERS + "<q:x xmlns:q=\"urn:q\">" + "<q:y/>".repeat(20_000) + "</q:x>", SEND),
                "more than 10000 elements");
    }

    @Test
    void tooLongTextIsRefused() {
        Hall small = new Hall(new SoapSettings(new XmlLimits(32, 100, 64, 1_000), 10, 10, 1_000));
        Heard fault = small.member("mallory").ask(Envelopes.send("tea", "x".repeat(1_001)));
        assertEquals("Sender/c:TooBig", fault.codes());
        assertEquals("too_big", fault.text("//c:ChatFault/c:reason"));
        assertEquals(Envelopes.MESSAGE_ID, fault.relatesTo());
    }

    @Test
    void tooLongTextInPiecesIsRefusedToo() {
        Hall small = new Hall(new SoapSettings(new XmlLimits(32, 100, 64, 1_000), 10, 10, 1_000));
        String pieces = "<![CDATA[x]]><!-- -->".repeat(1_001);
        assertEquals(
                "Sender/c:TooBig",
                small.member("mallory").ask(Envelopes.send("tea", pieces)).codes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "ISO-8859-1", "x-nothing"})
    void anotherEncodingThanUtf8IsRefused(String encoding) {
        assertSendersFault("<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>" + envelope(HEADERS, SEND), encoding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32"})
    void bytesOfAnotherEncodingAreNotUtf8(String encoding) {
        ByteBuffer bytes = ByteBuffer.wrap(envelope(HEADERS, SEND).getBytes(Charset.forName(encoding)));
        MalformedMessageException malformed =
                assertThrows(MalformedMessageException.class, () -> mallory.session.onBinary(bytes));
        assertEquals(CloseCode.INVALID_PAYLOAD, malformed.code());
    }

    @Test
    void invalidUtf8IsRefused() {
        byte[] bytes = envelope(HEADERS, SEND).getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length / 2] = (byte) 0xC0;
        assertThrows(MalformedMessageException.class, () -> mallory.session.onBinary(ByteBuffer.wrap(bytes)));
    }

    @Test
    void xml11IsRefused() {
        assertSendersFault("<?xml version=\"1.1\"?>" + envelope(HEADERS, SEND), "1.1");
    }

    @Test
    void xIncludeIsNotFollowed(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret.txt"), "the-secret");
        String include =
                "<room>tea</room><text><i:include xmlns:i=\"http://www.w3.org/2001/XInclude\" parse=\"text\" href=\""
                        + secret.toUri() + "\"/></text>";
        Heard fault = mallory.ask("Send", include);
        assertEquals("Sender/c:Invalid", fault.codes());
        assertFalse(fault.xml().contains("the-secret"));
    }

    @Test
    void mtomIncludesAreNotFollowed() {
        String include = "<room>tea</room><data><x:Include xmlns:x=\"http://www.w3.org/2004/08/xop/include\""
                + " href=\"cid:1@example\"/></data>";
        assertEquals("Sender/c:Invalid", mallory.ask("Send", include).codes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?xml-stylesheet href=\"http://127.0.0.1/x.xsl\"?>%s",
                "%s<?end?>",
            })
    void processingInstructionsAroundTheEnvelopeAreRefused(String around) {
        assertSendersFault(around.replace("%s", envelope(HEADERS, SEND)), "processing instructions");
    }

    @Test
    void processingInstructionsInsideAreRefused() {
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
    void whatIsNotXmlIsClosedUpon(String said) {
        assertNotXml(said);
    }

    @Test
    void anEnvelopeThatEndsTooSoonIsNotXml() {
        String whole = envelope(HEADERS, SEND);
        for (int length = 1; length < whole.length(); length += 7) {
            assertNotXml(whole.substring(0, length));
        }
    }

    @Test
    void whatFollowsTheEnvelopeIsNotXml() {
        assertNotXml(envelope(HEADERS, SEND) + envelope(HEADERS, SEND));
        assertEquals(
                0,
                hall.rooms
                        .history(new veche.room.RoomName("tea"), Long.MAX_VALUE, 1)
                        .toCompletableFuture()
                        .join()
                        .size());
    }

    @Test
    void commentsAndCdataAreOrdinaryXml() {
        String odd = "<!-- a --><room>te<!-- b -->a</room><text><![CDATA[<hi>]]></text>";
        assertEquals(
                "SendResponse",
                mallory.ask(envelope("<!-- c -->" + HEADERS, body("Send", odd))).body());
    }
}
