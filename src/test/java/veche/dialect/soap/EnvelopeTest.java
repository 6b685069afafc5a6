package veche.dialect.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.soap.Envelopes.action;
import static veche.dialect.soap.Envelopes.body;
import static veche.dialect.soap.Envelopes.envelope;
import static veche.dialect.soap.Envelopes.id;

import jakarta.xml.soap.SOAPException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.soap.message.ChatNames;
import veche.dialect.soap.message.Soap;
import veche.dialect.soap.message.Wsa;

/** SOAP 1.2, part 1. */
class EnvelopeTest {
    private static final String SCHEMA = "http://www.w3.org/2001/XMLSchema";
    private static final String SEND = body("Send", "<room>tea</room><text>hi</text>");
    private static final String HEADERS = action("urn:veche:chat:1/Send") + id();

    private final SoapFixture server = new SoapFixture();
    private final SoapFixture.Member anna = server.member("anna");

    @ParameterizedTest
    @CsvSource({
        "' xmlns:x=\"%1$s\" xmlns:i=\"%1$s-instance\"', ''",
        "'', ' xmlns:x=\"%1$s\" xmlns:i=\"%1$s-instance\"'",
        "' xmlns:x=\"urn:other\" xmlns:i=\"%1$s-instance\"', ' xmlns:x=\"%1$s\"'"
    })
    void aTypeMayUseAPrefixThatTheEnvelopeOrTheBodyDeclares(String onEnvelope, String onBody) {
        String call = body(
                "Call",
                "<procedure>com.example.nobody</procedure><args><value><string i:type=\"x:string\">a</string></value>"
                        + "</args>");
        String xml = envelope(action("urn:veche:chat:1/Call") + id(), call)
                .replaceFirst("<s:Envelope", "<s:Envelope" + onEnvelope.formatted(SCHEMA))
                .replaceFirst("<s:Body", "<s:Body" + onBody.formatted(SCHEMA));
        assertEquals("Receiver/c:CallFailed", anna.request(xml).codes());
    }

    @Test
    void aPrefixThatOnlyTheHeaderDeclaresIsUnknownInTheBody() {
        String call = body(
                "Call",
                "<procedure>p.q</procedure><args><value><string xmlns:i=\"" + SCHEMA
                        + "-instance\" i:type=\"x:string\">a</string></value></args>");
        String xml = envelope(action("urn:veche:chat:1/Call") + id(), call)
                .replaceFirst("<s:Header", "<s:Header xmlns:x=\"" + SCHEMA + "\"");
        assertEquals("Sender/c:Invalid", anna.request(xml).codes());
    }

    @Test
    void anUnknownMandatoryHeaderIsNamedInTheFault() {
        String strange = "<q:One xmlns:q=\"urn:q\" s:mustUnderstand=\"true\"/><r:Two xmlns:r=\"urn:r\""
                + " s:mustUnderstand=\"1\" s:role=\"" + Soap.ROLE_NEXT + "\"/><r:Three xmlns:r=\"urn:r\"/>";
        ReceivedEnvelope fault = anna.request(envelope(HEADERS + strange, SEND));
        assertEquals("MustUnderstand", fault.codes());
        assertEquals(2, fault.count("/s:Envelope/s:Header/s:NotUnderstood"));
        assertEquals("n:One", fault.text("/s:Envelope/s:Header/s:NotUnderstood[1]/@qname"));
        assertEquals("urn:q", fault.text("/s:Envelope/s:Header/s:NotUnderstood[1]/namespace::n"));
        assertEquals("urn:r", fault.text("/s:Envelope/s:Header/s:NotUnderstood[2]/namespace::n"));
        assertEquals(Wsa.SOAP_FAULT_ACTION, fault.action());
        assertEquals(0, fault.count("//s:Detail"));
    }

    @Test
    void aNonBooleanMustUnderstandIsASenderFault() {
        String odd = "<q:One xmlns:q=\"urn:q\" s:mustUnderstand=\"maybe\"/>";
        ReceivedEnvelope fault = anna.request(envelope(HEADERS + odd, SEND));
        assertEquals("Sender", fault.codes());
        assertEquals(Envelopes.MESSAGE_ID, fault.relatesTo());
    }

    @Test
    void anUnknownOptionalHeaderIsIgnored() {
        assertEquals(
                "SendResponse",
                anna.request(envelope(
                                HEADERS + "<q:One xmlns:q=\"urn:q\" s:mustUnderstand=\"0\"><q:In/></q:One>", SEND))
                        .body());
    }

    @Test
    void soap11IsAnsweredInSoap11WithAnUpgradeHeader() {
        anna.session.onText("<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body/></e:Envelope>");
        String answer = ((veche.dialect.Frame.Text) anna.received.remove()).text();
        assertEquals(
                "<old:Envelope xmlns:old=\"http://schemas.xmlsoap.org/soap/envelope/\""
                        + " xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><old:Header><s:Upgrade>"
                        + "<s:SupportedEnvelope qname=\"s:Envelope\"/></s:Upgrade></old:Header><old:Body><old:Fault>"
                        + "<faultcode>old:VersionMismatch</faultcode>"
                        + "<faultstring>The root is not a SOAP 1.2 Envelope.</faultstring>"
                        + "</old:Fault></old:Body></old:Envelope>",
                answer.replace("></s:SupportedEnvelope>", "/>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<Envelope/>", "<html><body/></html>", "<Envelope xmlns=\"urn:soap-3\"/>"})
    void anotherRootIsAVersionMismatch(String root) {
        ReceivedEnvelope fault = anna.request(root);
        assertEquals("VersionMismatch", fault.codes());
        assertEquals("s:Envelope", fault.text("//s:Upgrade/s:SupportedEnvelope/@qname"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"/>",
                "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Header/></s:Envelope>",
                "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\">text<s:Body/></s:Envelope>",
                "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Header><plain/></s:Header><s:Body/>"
                        + "</s:Envelope>"
            })
    void anInvalidEnvelopeIsASenderFault(String envelope) {
        assertEquals("Sender", anna.request(envelope).codes());
    }

    @Test
    void nothingMayFollowTheBody() {
        String more = envelope(HEADERS, SEND).replace("</s:Body>", "</s:Body><s:Body/>");
        assertEquals("Sender", anna.request(more).codes());
    }

    @Test
    void aBodyHoldsOneElement() {
        assertEquals(
                "Sender/c:Invalid", anna.request(envelope(HEADERS, SEND + SEND)).codes());
        assertEquals("Sender/c:Invalid", anna.request(envelope(HEADERS, "")).codes());
    }

    @Test
    void theBodyMustMatchTheAction() {
        ReceivedEnvelope fault = anna.request(envelope(HEADERS, body("Leave", "<room>tea</room>")));
        assertEquals("Sender/c:Invalid", fault.codes());
        assertEquals("invalid", fault.text("//c:ChatFault/c:reason"));
        assertEquals(ChatNames.action("ChatFault"), fault.action());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<text>no room</text>",
                "<room>tea</room><text>hi</text><extra/>",
                "<room>tea</room><text>hi</text><text>hi</text>",
                "<room>Big Room!</room><text>hi</text>",
                "<room>tea</room><text>hi</text><target>no-uuid</target>",
                "<room>tea</room><text>hi</text><key></key>",
                "<room>tea</room><data>%%%</data>",
                "<room xmlns=\"urn:other\">tea</room>",
                "<room>tea</room><text colour=\"red\">hi</text>"
            })
    void aBodyInvalidAgainstTheSchemaIsASenderFault(String content) {
        ReceivedEnvelope fault = anna.request("Send", content);
        assertEquals("Sender/c:Invalid", fault.codes());
        assertTrue(fault.text("//c:ChatFault/c:message").startsWith("cvc-"), fault.xml());
    }

    @Test
    void xsiTypeCannotSubstituteOtherTypes() {
        String body = "<Send xmlns=\"urn:veche:chat:1\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                + " xmlns:x=\"http://www.w3.org/2001/XMLSchema\"><room xsi:type=\"x:string\">Any</room></Send>";
        assertEquals("Sender/c:Invalid", anna.request(envelope(HEADERS, body)).codes());
    }

    @Test
    void anEncodingStyleIsADataEncodingUnknownFault() {
        String encoded = SEND.replace("<Send ", "<Send s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\" ");
        assertEquals(
                "DataEncodingUnknown", anna.request(envelope(HEADERS, encoded)).codes());
    }

    @Test
    void reasonsAreInEnglishAndRussianWithTheClientsLanguageFirst() throws SOAPException {
        SoapFixture.Member ivan = server.member("ivan", Locale.forLanguageTag("ru-RU"));
        ReceivedEnvelope fault = ivan.request(envelope(id(), SEND));
        assertEquals("ru", fault.text("//s:Reason/s:Text[1]/@xml:lang"));
        assertEquals(
                "Нет обязательного заголовка адресации.",
                fault.fault().getFaultReasonText(Locale.forLanguageTag("ru")));
        assertEquals(
                "A required header representing a Message Addressing Property is not present.",
                fault.fault().getFaultReasonText(Locale.ENGLISH));
        assertEquals("en", anna.request(envelope(id(), SEND)).text("//s:Reason/s:Text[1]/@xml:lang"));
    }

    @Test
    void everyReasonIsTranslated() {
        java.util.ResourceBundle english =
                java.util.ResourceBundle.getBundle("veche.dialect.soap.Reasons", Locale.ROOT);
        java.util.ResourceBundle russian =
                java.util.ResourceBundle.getBundle("veche.dialect.soap.Reasons", Locale.forLanguageTag("ru"));
        for (String key : english.keySet()) {
            assertTrue(russian.getString(key).codePoints().anyMatch(c -> c >= 'А' && c <= 'я'), key);
        }
    }
}
