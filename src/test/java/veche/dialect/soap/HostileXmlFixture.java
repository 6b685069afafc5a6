package veche.dialect.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.soap.Envelopes.action;
import static veche.dialect.soap.Envelopes.body;
import static veche.dialect.soap.Envelopes.envelope;
import static veche.dialect.soap.Envelopes.id;

/** A server and a hostile client of it. */
abstract class HostileXmlFixture {
    static final String HEADERS = action("urn:veche:chat:1/Send") + id();
    static final String SEND = body("Send", "<room>tea</room><text>hi</text>");

    final SoapFixture server = new SoapFixture();
    final SoapFixture.Member mallory = server.member("mallory");

    void assertStillServed() {
        assertEquals("SendResponse", mallory.request(envelope(HEADERS, SEND)).body());
    }

    void assertSendersFault(String envelope, String sentence) {
        ReceivedEnvelope fault = mallory.request(envelope);
        assertTrue(fault.codes().startsWith("Sender"), fault.xml());
        assertTrue(fault.text("//s:Reason/s:Text[@xml:lang='en']").contains(sentence), fault.xml());
        assertStillServed();
    }
}
