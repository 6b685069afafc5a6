package veche.dialect.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.soap.Envelopes.action;
import static veche.dialect.soap.Envelopes.body;
import static veche.dialect.soap.Envelopes.envelope;
import static veche.dialect.soap.Envelopes.faultTo;
import static veche.dialect.soap.Envelopes.id;
import static veche.dialect.soap.Envelopes.replyTo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.soap.message.Wsa;

/** WS-Addressing 1.0, core and SOAP binding. */
class AddressingTest {
    private static final String SEND = body("Send", "<room>tea</room><text>hi</text>");
    private static final String BAD_SEND = body("Send", "<rum/>");

    private final SoapFixture server = new SoapFixture();
    private final SoapFixture.Member anna = server.member("anna");

    private static String headers(String more) {
        return action("urn:veche:chat:1/Send") + id() + more;
    }

    private int messageCount() {
        return server.rooms
                .history(new veche.room.RoomName("tea"), Long.MAX_VALUE, 10)
                .toCompletableFuture()
                .join()
                .size();
    }

    @Test
    void aResponseRelatesToItsRequestAndIsAddressedToAnonymous() {
        ReceivedEnvelope answer = anna.request(envelope(headers(replyTo(Wsa.ANONYMOUS)), SEND));
        assertEquals(Envelopes.MESSAGE_ID, answer.relatesTo());
        assertEquals(Wsa.ANONYMOUS, answer.text("//a:To"));
    }

    @Test
    void anAbsentReplyToMeansTheAnonymousAddress() {
        assertEquals("SendResponse", anna.request(envelope(headers(""), SEND)).body());
    }

    @Test
    void replyToNoneSuppressesTheResponseOfAProcessedMessage() {
        anna.session.onText(envelope(headers(replyTo(Wsa.NONE)), SEND));
        assertTrue(anna.receivedNothing());
        assertEquals(1, messageCount());
    }

    @Test
    void aMessageWithoutIdIsOneWay() {
        anna.session.onText(envelope(action("urn:veche:chat:1/Send"), SEND));
        assertTrue(anna.receivedNothing());
        assertEquals(1, messageCount());
    }

    @Test
    void aMessageWithAReplyToRequiresAnId() {
        ReceivedEnvelope fault = anna.request(envelope(action("urn:veche:chat:1/Send") + replyTo(Wsa.ANONYMOUS), SEND));
        assertEquals("Sender/a:MessageAddressingHeaderRequired", fault.codes());
        assertEquals("a:MessageID", fault.text("//s:Detail/a:ProblemHeaderQName"));
        assertEquals(Wsa.UNSPECIFIED, fault.relatesTo());
        assertEquals(0, messageCount());
    }

    @Test
    void aMessageWithReplyToNoneRequiresNoId() {
        anna.session.onText(envelope(action("urn:veche:chat:1/Send") + replyTo(Wsa.NONE), SEND));
        assertTrue(anna.receivedNothing());
        assertEquals(1, messageCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"From", "ReplyTo", "FaultTo"})
    void aRepeatedEndpointReferenceIsRejected(String header) {
        String twice = ("<a:" + header + "><a:Address>" + Wsa.ANONYMOUS + "</a:Address></a:" + header + ">").repeat(2);
        ReceivedEnvelope fault = anna.request(envelope(headers(twice), SEND));
        assertEquals("Sender/a:InvalidAddressingHeader/a:InvalidCardinality", fault.codes());
        assertEquals("a:" + header, fault.text("//s:Detail/a:ProblemHeaderQName"));
    }

    @Test
    void aMessageMayHaveSeveralRelatesTo() {
        String related = "<a:RelatesTo>urn:one</a:RelatesTo><a:RelatesTo>urn:two</a:RelatesTo>";
        assertEquals(
                "SendResponse", anna.request(envelope(headers(related), SEND)).body());
    }

    @Test
    void aFaultToAMessageWithoutIdRelatesToTheUnspecifiedMessage() {
        ReceivedEnvelope fault = anna.request(envelope(action("urn:veche:chat:1/Send"), BAD_SEND));
        assertEquals(Wsa.UNSPECIFIED, fault.relatesTo());
        assertEquals("Sender/c:Invalid", fault.codes());
    }

    @Test
    void replyToNoneSuppressesTheFault() {
        anna.session.onText(envelope(headers(replyTo(Wsa.NONE)), BAD_SEND));
        assertTrue(anna.receivedNothing());
    }

    @Test
    void faultToDeterminesTheDestinationOfFaults() {
        anna.session.onText(envelope(headers(replyTo(Wsa.ANONYMOUS) + faultTo(Wsa.NONE)), BAD_SEND));
        assertTrue(anna.receivedNothing());
        ReceivedEnvelope fault = anna.request(envelope(headers(replyTo(Wsa.NONE) + faultTo(Wsa.ANONYMOUS)), BAD_SEND));
        assertEquals("Sender/c:Invalid", fault.codes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ReplyTo", "FaultTo"})
    void aNonAnonymousReplyAddressIsRejected(String header) {
        String elsewhere = "<a:" + header + "><a:Address>http://elsewhere.example/</a:Address></a:" + header + ">";
        ReceivedEnvelope fault = anna.request(envelope(headers(elsewhere), SEND));
        assertEquals("Sender/a:InvalidAddressingHeader/a:OnlyAnonymousAddressSupported", fault.codes());
        assertEquals("a:" + header, fault.text("//s:Detail/a:ProblemHeaderQName"));
        assertEquals(Wsa.FAULT_ACTION, fault.action());
        assertEquals(0, messageCount());
    }

    @Test
    void aReplyToWithoutAddressIsRejected() {
        ReceivedEnvelope fault = anna.request(envelope(headers("<a:ReplyTo/>"), SEND));
        assertEquals("Sender/a:InvalidAddressingHeader/a:MissingAddressInEPR", fault.codes());
    }

    @Test
    void referenceParametersAreReturnedAsHeaders() {
        String reply =
                "<a:ReplyTo xmlns:q=\"urn:q\"><a:Address>" + Wsa.ANONYMOUS + "</a:Address><a:ReferenceParameters>"
                        + "<q:Session s:keep=\"yes\" id=\"7\">s-<q:In>17</q:In></q:Session><Plain xmlns=\"urn:p\"/>"
                        + "</a:ReferenceParameters></a:ReplyTo>";
        for (String body : new String[] {SEND, BAD_SEND}) {
            ReceivedEnvelope answer = anna.request(envelope(headers(reply), body));
            String session = "/s:Envelope/s:Header/*[local-name()='Session' and namespace-uri()='urn:q']";
            assertEquals("s-17", answer.text(session));
            assertEquals("true", answer.text(session + "/@a:IsReferenceParameter"));
            assertEquals("7", answer.text(session + "/@id"));
            assertEquals("yes", answer.text(session + "/@s:keep"));
            assertEquals(
                    1,
                    answer.count("//*[local-name()='Plain' and namespace-uri()='urn:p']"
                            + "[@a:IsReferenceParameter='true']"));
        }
    }

    @Test
    void aReferenceParameterThatRebindsThePrefixIsMarked() {
        String reply = "<x:ReplyTo xmlns:x=\"" + Wsa.NS + "\"><x:Address>" + Wsa.ANONYMOUS
                + "</x:Address><x:ReferenceParameters><a:Own xmlns:a=\"urn:own\" xmlns:a_=\"urn:too\"/>"
                + "</x:ReferenceParameters></x:ReplyTo>";
        ReceivedEnvelope answer = anna.request(envelope(headers(reply), SEND));
        assertEquals(
                "true",
                answer.text(
                        "//*[local-name()='Own' and namespace-uri()='urn:own']/@*[local-name()='IsReferenceParameter'"
                                + " and namespace-uri()='" + Wsa.NS + "']"));
    }

    @Test
    void theActionIsRequired() {
        ReceivedEnvelope fault = anna.request(envelope(id(), SEND));
        assertEquals("Sender/a:MessageAddressingHeaderRequired", fault.codes());
        assertEquals("a:Action", fault.text("//s:Detail/a:ProblemHeaderQName"));
        assertEquals(Envelopes.MESSAGE_ID, fault.relatesTo());
    }

    @Test
    void anUnknownActionIsNamedInTheFault() {
        ReceivedEnvelope fault = anna.request(envelope(action("http://tempuri.org/IChat/Post") + id(), SEND));
        assertEquals("Sender/a:ActionNotSupported", fault.codes());
        assertEquals("http://tempuri.org/IChat/Post", fault.text("//s:Detail/a:ProblemAction/a:Action"));
        assertEquals(Wsa.FAULT_ACTION, fault.action());
        assertTrue(fault.text("//s:Reason/s:Text[@xml:lang='en']").contains("http://tempuri.org/IChat/Post"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Action", "MessageID", "To"})
    void aRepeatedHeaderIsRejected(String header) {
        String twice = "<a:To>" + Wsa.ANONYMOUS + "</a:To>"
                + ("<a:" + header + ">urn:second</a:" + header + ">").repeat(header.equals("To") ? 2 : 1);
        ReceivedEnvelope fault = anna.request(envelope(headers(twice), SEND));
        assertEquals("Sender/a:InvalidAddressingHeader/a:InvalidCardinality", fault.codes());
        assertEquals("a:" + header, fault.text("//s:Detail/a:ProblemHeaderQName"));
    }

    @Test
    void anEmptyIdIsRejected() {
        ReceivedEnvelope fault =
                anna.request(envelope(action("urn:veche:chat:1/Send") + "<a:MessageID> </a:MessageID>", SEND));
        assertEquals("Sender/a:InvalidAddressingHeader/a:InvalidAddress", fault.codes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ws://chat.example:8080/chat",
                "wss://chat.example/chat",
                "http://proxy.example/folder/chat/",
                " ws://chat.example:8080/chat ",
                "WS://10.0.0.1/chat?room=tea",
                Wsa.ANONYMOUS
            })
    void toMayBeTheAddressSeenByAProxy(String to) {
        assertEquals(
                "SendResponse",
                anna.request(envelope(headers("<a:To>" + to + "</a:To>"), SEND)).body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ws://chat.example:8080/other", "urn:somebody-else", "ftp://chat.example/chat", "mailto:a@b"})
    void anotherDestinationIsUnreachable(String to) {
        ReceivedEnvelope fault = anna.request(envelope(headers("<a:To>" + to + "</a:To>"), SEND));
        assertEquals("Sender/a:DestinationUnreachable", fault.codes());
        assertEquals(to, fault.text("//s:Detail/a:ProblemIRI"));
    }

    @Test
    void aToThatIsNoUriIsInvalid() {
        ReceivedEnvelope fault = anna.request(envelope(headers("<a:To>no uri at all</a:To>"), SEND));
        assertEquals("Sender/a:InvalidAddressingHeader/a:InvalidAddress", fault.codes());
    }

    @Test
    void headersForAnotherRoleAreIgnored() {
        String other = "<a:Action s:role=\"urn:somebody\">urn:theirs</a:Action>"
                + "<q:Strange xmlns:q=\"urn:q\" s:role=\"urn:somebody\" s:mustUnderstand=\"1\"/>";
        assertEquals(
                "SendResponse", anna.request(envelope(headers(other), SEND)).body());
    }

    @Test
    void aFaultIsNotAnsweredWithAFault() {
        String fault =
                "<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text xml:lang=\"en\">no</s:Text>"
                        + "</s:Reason></s:Fault>";
        anna.session.onText(envelope(action(Wsa.FAULT_ACTION) + id(), fault));
        assertTrue(anna.receivedNothing());
    }
}
