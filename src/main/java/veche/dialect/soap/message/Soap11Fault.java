package veche.dialect.soap.message;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The SOAP 1.1 fault that requests an upgrade to SOAP 1.2 (SOAP 1.2 part 1, appendix A). */
final class Soap11Fault {
    private static final String PREFIX = "old";

    private Soap11Fault() {}

    static void write(XMLStreamWriter xml, String reason) throws XMLStreamException {
        start(xml, "Envelope");
        xml.writeNamespace(PREFIX, Soap.NS_1_1);
        xml.writeNamespace(Soap.PREFIX, Soap.NS);
        start(xml, "Header");
        FaultWriter.writeUpgrade(xml);
        xml.writeEndElement();
        start(xml, "Body");
        start(xml, "Fault");
        unqualified(xml, "faultcode", PREFIX + ":" + Soap.Code.VERSION_MISMATCH.local());
        unqualified(xml, "faultstring", reason);
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void start(XMLStreamWriter xml, String local) throws XMLStreamException {
        xml.writeStartElement(PREFIX, local, Soap.NS_1_1);
    }

    private static void unqualified(XMLStreamWriter xml, String local, String text) throws XMLStreamException {
        xml.writeStartElement(local);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
