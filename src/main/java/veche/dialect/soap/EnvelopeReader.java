package veche.dialect.soap;

import java.net.URI;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import veche.dialect.CloseCode;
import veche.dialect.MalformedMessageException;

/** Reads envelopes: SOAP 1.2 with WS-Addressing 1.0. Thread-safe. */
final class EnvelopeReader {
    private final Bodies bodies;
    private final SoapSettings limits;

    EnvelopeReader(Bodies bodies, SoapSettings limits) {
        this.bodies = bodies;
        this.limits = limits;
    }

    /**
     * Reads one message.
     *
     * @param endpoint our own address, against which To is compared
     * @throws MalformedMessageException (1007) where it is not XML
     */
    SoapRequest read(String xml, URI endpoint) {
        try {
            return new Reading(new BoundedReader(xml, limits), endpoint).read();
        } catch (XMLStreamException notXml) {
            throw new MalformedMessageException(CloseCode.INVALID_PAYLOAD, "Not well-formed XML");
        }
    }

    /** The reading of one envelope. */
    private final class Reading {
        private final BoundedReader reader;
        private final HeaderReader header;
        private final URI endpoint;
        private Operation operation;
        private Object body;

        Reading(BoundedReader reader, URI endpoint) {
            this.reader = reader;
            this.header = new HeaderReader(reader, bodies);
            this.endpoint = endpoint;
        }

        SoapRequest read() throws XMLStreamException {
            SoapFaultException fault = null;
            try {
                fault = faultOfEnvelope();
                reader.readOut();
            } catch (XMLStreamException failure) {
                if (!BoundedReader.isLimit(failure)) {
                    throw failure;
                }
                fault = Faults.parserLimit();
            }
            return fault == null
                    ? new SoapRequest(header.addressing(), operation, body, null)
                    : new SoapRequest(header.addressing(), null, null, fault);
        }

        private SoapFaultException faultOfEnvelope() throws XMLStreamException {
            try {
                readEnvelope();
                return null;
            } catch (SoapFaultException found) {
                return found;
            }
        }

        private void readEnvelope() throws XMLStreamException {
            reader.checkDeclaration();
            reader.nextTag();
            if (!reader.getName().equals(Soap.ENVELOPE)) {
                throw Faults.versionMismatch(reader.getName());
            }
            refuseEncodingStyle();
            boolean started = reader.nextTag() == XMLStreamConstants.START_ELEMENT;
            if (started && reader.getName().equals(Soap.HEADER)) {
                refuseEncodingStyle();
                header.read();
                started = reader.nextTag() == XMLStreamConstants.START_ELEMENT;
            }
            if (!started || !reader.getName().equals(Soap.BODY)) {
                throw Faults.envelope("no_body");
            }
            readBody();
            readEnd();
        }

        private void readBody() throws XMLStreamException {
            refuseEncodingStyle();
            boolean empty = reader.nextTag() == XMLStreamConstants.END_ELEMENT;
            if (!empty && reader.getName().equals(Soap.FAULT)) {
                reader.skipElement();
                reader.nextTag();
                return;
            }
            header.check();
            checkDestination();
            Operation asked = Operation.ofAction(header.addressing().action());
            if (empty || !reader.getName().equals(ChatNames.name(asked.local()))) {
                throw Faults.invalidBody("The Body of this action holds " + asked.local() + " of " + ChatNames.NS);
            }
            refuseEncodingStyle();
            Object content = bodies.read(reader, asked.body());
            if (reader.nextTag() != XMLStreamConstants.END_ELEMENT) {
                throw Faults.invalidBody("The Body holds one element only");
            }
            operation = asked;
            body = content;
        }

        private void readEnd() throws XMLStreamException {
            if (reader.nextTag() != XMLStreamConstants.END_ELEMENT) {
                throw Faults.envelope("after_body");
            }
            while (reader.hasNext()) {
                reader.next();
            }
        }

        private void refuseEncodingStyle() {
            String style = reader.getAttributeValue(Soap.NS, "encodingStyle");
            if (style != null && !style.equals(Soap.ENCODING_NONE)) {
                throw Faults.dataEncodingUnknown();
            }
        }

        private void checkDestination() {
            String to = header.addressing().to();
            if (to != null
                    && !to.equals(Wsa.ANONYMOUS)
                    && !Destination.parse(to).reaches(endpoint)) {
                throw Faults.destinationUnreachable(to);
            }
        }
    }
}
