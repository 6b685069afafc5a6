package veche.dialect.soap.message;

import jakarta.xml.bind.JAXBException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Serializes envelopes like .NET's text encoder: no XML declaration, no byte order mark. Thread-safe. */
public final class EnvelopeWriter {
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();
    private static final String UUID_URN = "urn:uuid:";

    private final Bodies bodies;

    public EnvelopeWriter(Bodies bodies) {
        this.bodies = bodies;
    }

    /** Writes a part of an envelope. */
    private interface Part {
        void write(XMLStreamWriter xml) throws XMLStreamException, JAXBException;
    }

    /** Serializes a one-way message from the server. */
    public String message(String action, UUID id, Object body) {
        return envelope(
                xml -> {
                    addressing(xml, action, id);
                    header(xml, "To", Wsa.ANONYMOUS);
                },
                xml -> bodies.write(body, xml));
    }

    /** Serializes the response to a request. */
    public String answer(Addressing request, String action, Object body) {
        return envelope(
                xml -> {
                    addressing(xml, action, UUID.randomUUID());
                    addressee(xml, request, request.replyTo());
                },
                xml -> bodies.write(body, xml));
    }

    /** Serializes a fault. Its reason is given in all supported languages, the specified one first. */
    public String fault(Addressing request, SoapFaultException fault, Locale language) {
        if (fault.detail() instanceof FaultDetail.Upgrade upgrade && upgrade.fromSoap11()) {
            return serialize(xml -> Soap11Fault.write(xml, fault.reason().in(language)));
        }
        FaultWriter writer = new FaultWriter(fault, languages(language), bodies);
        return envelope(
                xml -> {
                    addressing(xml, fault.detail().action(), UUID.randomUUID());
                    addressee(xml, request, request.faultTarget());
                    writer.writeHeaders(xml);
                },
                writer::writeBody);
    }

    private static List<Locale> languages(Locale first) {
        return FaultText.LANGUAGES.stream()
                .sorted((a, b) -> Boolean.compare(isOf(b, first), isOf(a, first)))
                .toList();
    }

    private static boolean isOf(Locale offered, Locale wanted) {
        return offered.getLanguage().equals(wanted.getLanguage());
    }

    private static void addressing(XMLStreamWriter xml, String action, UUID id) throws XMLStreamException {
        xml.writeStartElement(Wsa.PREFIX, "Action", Wsa.NS);
        xml.writeAttribute(Soap.PREFIX, Soap.NS, "mustUnderstand", "1");
        xml.writeCharacters(action);
        xml.writeEndElement();
        header(xml, "MessageID", UUID_URN + id);
    }

    private static void addressee(XMLStreamWriter xml, Addressing request, @Nullable EndpointReference target)
            throws XMLStreamException {
        header(xml, "RelatesTo", request.relatesTo());
        header(xml, "To", Wsa.ANONYMOUS);
        if (target != null) {
            for (Element parameter : target.parameters()) {
                ReferenceParameter.write(parameter, xml);
            }
        }
    }

    private static void header(XMLStreamWriter xml, String local, String value) throws XMLStreamException {
        xml.writeStartElement(Wsa.PREFIX, local, Wsa.NS);
        xml.writeCharacters(value);
        xml.writeEndElement();
    }

    private static String envelope(Part header, Part body) {
        return serialize(xml -> {
            xml.writeStartElement(Soap.PREFIX, "Envelope", Soap.NS);
            xml.writeNamespace(Soap.PREFIX, Soap.NS);
            xml.writeNamespace(Wsa.PREFIX, Wsa.NS);
            xml.writeNamespace(ChatNames.PREFIX, ChatNames.NS);
            part(xml, "Header", header);
            part(xml, "Body", body);
            xml.writeEndElement();
        });
    }

    private static void part(XMLStreamWriter xml, String local, Part content) throws XMLStreamException, JAXBException {
        xml.writeStartElement(Soap.PREFIX, local, Soap.NS);
        content.write(xml);
        xml.writeEndElement();
    }

    private static String serialize(Part document) {
        StringWriter text = new StringWriter(512);
        try {
            XMLStreamWriter xml = FACTORY.createXMLStreamWriter(text);
            document.write(xml);
            xml.close();
        } catch (XMLStreamException | JAXBException failure) {
            throw new IllegalStateException("Cannot serialize envelope", failure);
        }
        return LegalXml.of(text.toString());
    }
}
