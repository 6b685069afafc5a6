package veche.dialect.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.soap.Envelopes.action;
import static veche.dialect.soap.Envelopes.body;
import static veche.dialect.soap.Envelopes.envelope;
import static veche.dialect.soap.Envelopes.id;

import org.junit.jupiter.api.Test;
import veche.dialect.soap.message.Wsa;
import veche.dialect.soap.message.XmlLimits;

/** Envelopes that exceed a limit on depth, counts or lengths are answered with a Fault. */
class XmlLimitsTest extends HostileXmlFixture {
    @Test
    void deepNestingIsRejectedInTheBody() {
        String deep = "<value>".repeat(100_000) + "</value>".repeat(100_000);
        assertSendersFault(envelope(HEADERS, body("Send", deep)), "not valid against the schema");
    }

    @Test
    void deepNestingIsRejectedInAHeader() {
        String deep = "<q:x xmlns:q=\"urn:q\">" + "<q:x>".repeat(100_000);
        assertSendersFault(envelope(HEADERS + deep, SEND), "nested more than");
    }

    @Test
    void deepNestingIsRejectedInAReferenceParameter() {
        String deep = "<a:ReplyTo><a:Address>" + Wsa.ANONYMOUS + "</a:Address><a:ReferenceParameters>"
                + "<q:x xmlns:q=\"urn:q\">".repeat(100_000);
        assertSendersFault(envelope(HEADERS + deep, SEND), "nested more than");
    }

    @Test
    void deepValuesOfACallAreRejected() {
        String deep = "<procedure>x.y</procedure><args>" + "<value><list>".repeat(1_000)
                + "</list></value>".repeat(1_000) + "</args>";
        assertSendersFault(envelope(action("urn:veche:chat:1/Call") + id(), body("Call", deep)), "nested more than");
    }

    @Test
    void aHundredThousandAttributesAreRejected() {
        StringBuilder many = new StringBuilder("<Send xmlns=\"urn:veche:chat:1\"");
        for (int i = 0; i < 100_000; i++) {
            many.append(" a").append(i).append("=\"\"");
        }
        assertSendersFault(envelope(HEADERS, many + "/>"), "limit of the XML parser");
    }

    @Test
    void aHundredAttributesAreRejected() {
        StringBuilder many = new StringBuilder("<Send xmlns=\"urn:veche:chat:1\"");
        for (int i = 0; i < 100; i++) {
            many.append(" xmlns:p").append(i).append("=\"urn:").append(i).append("\"");
        }
        assertSendersFault(envelope(HEADERS, many + "/>"), "more than 64 attributes");
    }

    @Test
    void hugeNamesAreRejected() {
        String name = "n".repeat(1_000_000);
        assertSendersFault(envelope(HEADERS, "<" + name + "/>"), "limit of the XML parser");
    }

    @Test
    void tooManyElementsAreRejected() {
        assertSendersFault(
                envelope(HEADERS + "<q:x xmlns:q=\"urn:q\">" + "<q:y/>".repeat(20_000) + "</q:x>", SEND),
                "more than 10000 elements");
    }

    @Test
    void tooLongTextIsRejected() {
        SoapFixture small = new SoapFixture(new SoapSettings(
                new XmlLimits(32, 100, 64, 1_000), 10, 10, 1_000, SoapSettings.DEFAULT.tokenTimeout()));
        ReceivedEnvelope fault = small.member("mallory").request(Envelopes.send("tea", "x".repeat(1_001)));
        assertEquals("Sender/c:TooBig", fault.codes());
        assertEquals("too_big", fault.text("//c:ChatFault/c:reason"));
        assertEquals(Envelopes.MESSAGE_ID, fault.relatesTo());
    }

    @Test
    void tooLongTextInPiecesIsRejected() {
        SoapFixture small = new SoapFixture(new SoapSettings(
                new XmlLimits(32, 100, 64, 1_000), 10, 10, 1_000, SoapSettings.DEFAULT.tokenTimeout()));
        String pieces = "<![CDATA[x]]><!-- -->".repeat(1_001);
        assertEquals(
                "Sender/c:TooBig",
                small.member("mallory").request(Envelopes.send("tea", pieces)).codes());
    }
}
