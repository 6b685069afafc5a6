package veche.dialect.soap.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** Writes a reference parameter as a header of the message to its endpoint (WS-Addressing 1.0 SOAP binding, §3.3). */
final class ReferenceParameter {
    private static final String MARK = "IsReferenceParameter";

    private ReferenceParameter() {}

    static void write(Element parameter, XMLStreamWriter xml) throws XMLStreamException {
        Map<String, String> scope = scope(parameter);
        String prefix = Wsa.PREFIX;
        while (!scope.getOrDefault(prefix, Wsa.NS).equals(Wsa.NS)) {
            prefix += "_";
        }
        scope.put(prefix, Wsa.NS);
        start(parameter, scope, xml);
        xml.writeAttribute(prefix, Wsa.NS, MARK, "true");
        content(parameter, xml);
    }

    private static void element(Element element, XMLStreamWriter xml) throws XMLStreamException {
        start(element, scope(element), xml);
        content(element, xml);
    }

    private static void start(Element element, Map<String, String> scope, XMLStreamWriter xml)
            throws XMLStreamException {
        xml.writeStartElement(prefix(element), element.getLocalName(), namespace(element));
        for (Map.Entry<String, String> binding : scope.entrySet()) {
            if (binding.getKey().isEmpty()) {
                xml.writeDefaultNamespace(binding.getValue());
            } else {
                xml.writeNamespace(binding.getKey(), binding.getValue());
            }
        }
        for (Attr attribute : attributes(element)) {
            boolean mark = namespace(attribute).equals(Wsa.NS) && MARK.equals(attribute.getLocalName());
            if (!isDeclaration(attribute) && !mark) {
                xml.writeAttribute(
                        prefix(attribute), namespace(attribute), attribute.getLocalName(), attribute.getValue());
            }
        }
    }

    /** The prefixes that the element declares or uses, including those that an ancestor declared. */
    private static Map<String, String> scope(Element element) {
        Map<String, String> scope = new TreeMap<>();
        for (Attr attribute : attributes(element)) {
            if (isDeclaration(attribute)) {
                scope.put(attribute.getPrefix() == null ? "" : attribute.getLocalName(), attribute.getValue());
            } else if (!prefix(attribute).isEmpty()) {
                scope.put(prefix(attribute), namespace(attribute));
            }
        }
        scope.put(prefix(element), namespace(element));
        scope.remove(XMLConstants.XML_NS_PREFIX);
        return scope;
    }

    private static void content(Element element, XMLStreamWriter xml) throws XMLStreamException {
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                element(inner, xml);
            } else if (child.getNodeType() == Node.TEXT_NODE || child.getNodeType() == Node.CDATA_SECTION_NODE) {
                xml.writeCharacters(child.getNodeValue());
            }
        }
        xml.writeEndElement();
    }

    private static List<Attr> attributes(Element element) {
        NamedNodeMap map = element.getAttributes();
        List<Attr> attributes = new ArrayList<>(map.getLength());
        for (int i = 0; i < map.getLength(); i++) {
            attributes.add((Attr) map.item(i));
        }
        return attributes;
    }

    private static boolean isDeclaration(Attr attribute) {
        return XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI());
    }

    private static String prefix(Node node) {
        return node.getPrefix() == null ? "" : node.getPrefix();
    }

    private static String namespace(Node node) {
        return node.getNamespaceURI() == null ? "" : node.getNamespaceURI();
    }
}
