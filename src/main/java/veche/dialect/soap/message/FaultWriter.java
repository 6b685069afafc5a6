package veche.dialect.soap.message;

import jakarta.xml.bind.JAXBException;
import java.util.List;
import java.util.Locale;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes one Fault (SOAP 1.2 part 1, §5.4) into an envelope that declares the prefixes of SOAP, WSA and the chat. */
final class FaultWriter {
    private static final String FOREIGN_PREFIX = "n";

    private final SoapFaultException fault;
    private final List<Locale> languages;
    private final Bodies bodies;

    FaultWriter(SoapFaultException fault, List<Locale> languages, Bodies bodies) {
        this.fault = fault;
        this.languages = languages;
        this.bodies = bodies;
    }

    /** Writes the headers that certain faults require: NotUnderstood (§5.4.8) and Upgrade (§5.4.7). */
    void writeHeaders(XMLStreamWriter xml) throws XMLStreamException {
        if (fault.detail() instanceof FaultDetail.NotUnderstood notUnderstood) {
            for (QName header : notUnderstood.headers()) {
                xml.writeEmptyElement(Soap.PREFIX, "NotUnderstood", Soap.NS);
                writeName(xml, "qname", header);
            }
        } else if (fault.detail() instanceof FaultDetail.Upgrade) {
            writeUpgrade(xml);
        }
    }

    /** Writes the Upgrade header, which lists the supported envelope versions. */
    static void writeUpgrade(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement(Soap.PREFIX, "Upgrade", Soap.NS);
        xml.writeEmptyElement(Soap.PREFIX, "SupportedEnvelope", Soap.NS);
        xml.writeAttribute("qname", prefixed(Soap.ENVELOPE));
        xml.writeEndElement();
    }

    private static void writeName(XMLStreamWriter xml, String attribute, QName name) throws XMLStreamException {
        if (hasPrefix(name)) {
            xml.writeAttribute(attribute, prefixed(name));
        } else {
            xml.writeNamespace(FOREIGN_PREFIX, name.getNamespaceURI());
            xml.writeAttribute(attribute, FOREIGN_PREFIX + ":" + name.getLocalPart());
        }
    }

    private static boolean hasPrefix(QName name) {
        return List.of(Soap.NS, Wsa.NS, ChatNames.NS).contains(name.getNamespaceURI());
    }

    private static String prefixed(QName name) {
        String prefix = switch (name.getNamespaceURI()) {
            case Soap.NS -> Soap.PREFIX;
            case Wsa.NS -> Wsa.PREFIX;
            case ChatNames.NS -> ChatNames.PREFIX;
            default -> throw new IllegalArgumentException("No prefix declared for " + name);
        };
        return prefix + ":" + name.getLocalPart();
    }

    /** Writes the element Fault. */
    void writeBody(XMLStreamWriter xml) throws XMLStreamException, JAXBException {
        xml.writeStartElement(Soap.PREFIX, "Fault", Soap.NS);
        writeCode(xml);
        writeReason(xml);
        writeDetail(xml);
        xml.writeEndElement();
    }

    private void writeCode(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement(Soap.PREFIX, "Code", Soap.NS);
        element(
                xml,
                Soap.PREFIX,
                "Value",
                Soap.NS,
                Soap.PREFIX + ":" + fault.code().local());
        for (QName subcode : fault.subcodes()) {
            xml.writeStartElement(Soap.PREFIX, "Subcode", Soap.NS);
            element(xml, Soap.PREFIX, "Value", Soap.NS, prefixed(subcode));
        }
        for (int open = 0; open < fault.subcodes().size(); open++) {
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private void writeReason(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement(Soap.PREFIX, "Reason", Soap.NS);
        for (Locale language : languages) {
            xml.writeStartElement(Soap.PREFIX, "Text", Soap.NS);
            xml.writeAttribute(XMLConstants.XML_NS_PREFIX, XMLConstants.XML_NS_URI, "lang", language.toLanguageTag());
            xml.writeCharacters(fault.reason().in(language));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private void writeDetail(XMLStreamWriter xml) throws XMLStreamException, JAXBException {
        if (!fault.detail().isInBody()) {
            return;
        }
        xml.writeStartElement(Soap.PREFIX, "Detail", Soap.NS);
        if (fault.detail() instanceof FaultDetail.ProblemHeader problem) {
            element(xml, Wsa.PREFIX, "ProblemHeaderQName", Wsa.NS, prefixed(problem.header()));
        } else if (fault.detail() instanceof FaultDetail.ProblemIri problem) {
            element(xml, Wsa.PREFIX, "ProblemIRI", Wsa.NS, problem.problem());
        } else if (fault.detail() instanceof FaultDetail.ProblemAction problem) {
            xml.writeStartElement(Wsa.PREFIX, "ProblemAction", Wsa.NS);
            element(xml, Wsa.PREFIX, "Action", Wsa.NS, problem.problem());
            xml.writeEndElement();
        } else if (fault.detail() instanceof FaultDetail.Chat chat) {
            bodies.write(chat.body(), xml);
        }
        xml.writeEndElement();
    }

    private static void element(XMLStreamWriter xml, String prefix, String local, String namespace, String text)
            throws XMLStreamException {
        xml.writeStartElement(prefix, local, namespace);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
