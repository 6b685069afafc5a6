package veche.dialect.soap.message;

import java.net.URI;
import java.util.Objects;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import veche.dialect.CloseCode;
import veche.dialect.MalformedMessageException;

/** Parses envelopes: SOAP 1.2 with WS-Addressing 1.0. Thread-safe. */
public final class EnvelopeReader {
    private final Bodies bodies;
    private final XmlLimits limits;

    public EnvelopeReader(Bodies bodies, XmlLimits limits) {
        this.bodies = bodies;
        this.limits = limits;
    }

    /**
     * Parses one message. Faults are part of the result; they are not thrown.
     *
     * @param endpoint the address of this endpoint, to which the header To is compared
     * @throws MalformedMessageException (1007) if the input is not well-formed XML
     */
    public SoapRequest read(String xml, URI endpoint) {
        try {
            return new Reading(new BoundedReader(xml, limits), endpoint).read();
        } catch (XMLStreamException notXml) {
            throw new MalformedMessageException(CloseCode.INVALID_PAYLOAD, "Not well-formed XML");
        }
    }

    /** Parser state of one envelope. */
    private final class Reading {
        private final BoundedReader reader;
        private final HeaderReader header;
        private final URI endpoint;

        Reading(BoundedReader reader, URI endpoint) {
            this.reader = reader;
            this.header = new HeaderReader(reader, bodies);
            this.endpoint = endpoint;
        }

        SoapRequest read() throws XMLStreamException {
            try {
                SoapRequest request = validOrRejected();
                reader.drain();
                return request;
            } catch (XMLStreamException failure) {
                if (!BoundedReader.isLimit(failure)) {
                    throw failure;
                }
                return new SoapRequest.Rejected(header.addressing(), Faults.parserLimit());
            }
        }

        private SoapRequest validOrRejected() throws XMLStreamException {
            try {
                return readEnvelope();
            } catch (SoapFaultException found) {
                return new SoapRequest.Rejected(header.addressing(), found);
            }
        }

        private SoapRequest readEnvelope() throws XMLStreamException {
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
            SoapRequest request = readBody();
            readEnd();
            return request;
        }

        private SoapRequest readBody() throws XMLStreamException {
            refuseEncodingStyle();
            boolean empty = reader.nextTag() == XMLStreamConstants.END_ELEMENT;
            if (!empty && reader.getName().equals(Soap.FAULT)) {
                reader.skipElement();
                reader.nextTag();
                return new SoapRequest.Fault();
            }
            header.check();
            checkDestination();
            Addressing addressing = header.addressing();
            Operation requested = Operation.ofAction(Objects.requireNonNull(addressing.action(), "checked Action"));
            if (empty || !reader.getName().equals(ChatNames.name(requested.local()))) {
                throw Faults.invalidBody("Body must contain " + requested.local() + " of namespace " + ChatNames.NS);
            }
            refuseEncodingStyle();
            Object content = bodies.read(reader, requested.body());
            if (reader.nextTag() != XMLStreamConstants.END_ELEMENT) {
                throw Faults.invalidBody("Body must contain exactly one element");
            }
            return new SoapRequest.Valid(addressing, header.token(), requested, content);
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
