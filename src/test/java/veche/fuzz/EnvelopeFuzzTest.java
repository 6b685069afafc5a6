package veche.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.params.provider.MethodSource;
import veche.dialect.CloseCode;
import veche.dialect.MalformedMessageException;
import veche.dialect.soap.chat.LeaveResponseBody;
import veche.dialect.soap.message.Bodies;
import veche.dialect.soap.message.EnvelopeReader;
import veche.dialect.soap.message.EnvelopeWriter;
import veche.dialect.soap.message.SoapRequest;
import veche.dialect.soap.message.XmlLimits;

/** The subprotocol {@code soap}. */
class EnvelopeFuzzTest {
    private static final URI ENDPOINT = URI.create("ws://127.0.0.1/chat");
    private static final UUID ID = new UUID(0, 1);
    private static final Bodies BODIES = new Bodies();
    private static final EnvelopeReader READER = new EnvelopeReader(BODIES, XmlLimits.DEFAULT);
    private static final EnvelopeWriter WRITER = new EnvelopeWriter(BODIES);

    static Stream<byte[]> seeds() {
        return Seeds.sent("soap").map(Seeds::octets);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void anEnvelopeIsAnsweredOrRejectedWith1007(byte[] input) throws XMLStreamException {
        String xml = new String(input, StandardCharsets.UTF_8);
        try {
            Allocation.assertBounded(input.length, () -> READER.read(xml, ENDPOINT));
            SoapRequest request = READER.read(xml, ENDPOINT);
            if (request instanceof SoapRequest.Rejected rejected) {
                checkWellFormed(WRITER.fault(rejected.addressing(), rejected.fault(), Locale.ENGLISH));
            } else if (request instanceof SoapRequest.Valid valid) {
                check(valid);
            }
        } catch (MalformedMessageException malformed) {
            assertEquals(CloseCode.INVALID_PAYLOAD, malformed.code());
        }
    }

    private static void check(SoapRequest.Valid request) throws XMLStreamException {
        checkWellFormed(
                WRITER.answer(request.addressing(), request.operation().answerAction(), new LeaveResponseBody()));
        String action = request.addressing().action();
        String written = WRITER.message(action, ID, request.body());
        SoapRequest.Valid again = assertInstanceOf(SoapRequest.Valid.class, READER.read(written, ENDPOINT), written);
        assertEquals(written, WRITER.message(action, ID, again.body()));
    }

    private static void checkWellFormed(String xml) throws XMLStreamException {
        XMLStreamReader reader = XMLInputFactory.newDefaultFactory().createXMLStreamReader(new StringReader(xml));
        while (reader.hasNext()) {
            reader.next();
        }
    }
}
