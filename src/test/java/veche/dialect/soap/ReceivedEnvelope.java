package veche.dialect.soap;

import jakarta.xml.soap.MessageFactory;
import jakarta.xml.soap.MimeHeaders;
import jakarta.xml.soap.SOAPConstants;
import jakarta.xml.soap.SOAPException;
import jakarta.xml.soap.SOAPFault;
import jakarta.xml.soap.SOAPMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.namespace.NamespaceContext;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import veche.dialect.Frame;
import veche.dialect.soap.message.ChatNames;
import veche.dialect.soap.message.Soap;
import veche.dialect.soap.message.Wsa;

/** An envelope of the server, parsed by SAAJ. Its elements of the chat's namespace are validated against the schema. */
record ReceivedEnvelope(Frame frame, String xml, SOAPMessage message) {
    private static final Map<String, String> PREFIXES =
            Map.of("s", Soap.NS, "a", Wsa.NS, "c", ChatNames.NS, "xml", XMLConstants.XML_NS_URI);
    private static final Schema SCHEMA = schema();

    static ReceivedEnvelope of(Frame frame) {
        String xml = frame instanceof Frame.Text text
                ? text.text()
                : StandardCharsets.UTF_8.decode(((Frame.Binary) frame).data()).toString();
        try {
            MimeHeaders type = new MimeHeaders();
            type.addHeader("Content-Type", "application/soap+xml; charset=utf-8");
            SOAPMessage message = MessageFactory.newInstance(SOAPConstants.SOAP_1_2_PROTOCOL)
                    .createMessage(type, new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
            ReceivedEnvelope received = new ReceivedEnvelope(frame, xml, message);
            received.validate();
            return received;
        } catch (SOAPException | IOException unreadable) {
            throw new AssertionError("SAAJ cannot read " + xml, unreadable);
        }
    }

    private static Schema schema() {
        try {
            return SchemaFactory.newDefaultInstance().newSchema(ReceivedEnvelope.class.getResource("chat.xsd"));
        } catch (SAXException broken) {
            throw new AssertionError(broken);
        }
    }

    private void validate() {
        NodeList ours = nodes("/s:Envelope/s:Body/c:* | /s:Envelope/s:Body/s:Fault/s:Detail/c:*");
        for (int i = 0; i < ours.getLength(); i++) {
            try {
                SCHEMA.newValidator().validate(new DOMSource(ours.item(i)));
            } catch (SAXException | IOException invalid) {
                throw new AssertionError(xml, invalid);
            }
        }
    }

    /** The SOAP 1.2 Fault in the body. */
    SOAPFault fault() {
        try {
            SOAPFault fault = message.getSOAPBody().getFault();
            if (fault == null) {
                throw new AssertionError("No fault: " + xml);
            }
            return fault;
        } catch (SOAPException unreadable) {
            throw new AssertionError(xml, unreadable);
        }
    }

    /** The fault's code and subcodes, outermost first, joined by slashes. */
    String codes() {
        List<String> codes = new ArrayList<>();
        codes.add(fault().getFaultCodeAsQName().getLocalPart());
        NodeList subcodes = nodes("//s:Subcode/s:Value");
        for (int i = 0; i < subcodes.getLength(); i++) {
            codes.add(subcodes.item(i).getTextContent());
        }
        return String.join("/", codes);
    }

    String action() {
        return text("/s:Envelope/s:Header/a:Action");
    }

    String relatesTo() {
        return text("/s:Envelope/s:Header/a:RelatesTo");
    }

    String body() {
        return text("local-name(/s:Envelope/s:Body/*)");
    }

    /** The string value of an XPath; the prefixes are s, a and c. */
    String text(String path) {
        try {
            return xpath().evaluate(path, root());
        } catch (XPathExpressionException wrong) {
            throw new AssertionError(path, wrong);
        }
    }

    int count(String path) {
        return nodes(path).getLength();
    }

    private NodeList nodes(String path) {
        try {
            return (NodeList) xpath().evaluate(path, root(), XPathConstants.NODESET);
        } catch (XPathExpressionException wrong) {
            throw new AssertionError(path, wrong);
        }
    }

    private Node root() {
        try {
            return message.getSOAPPart().getEnvelope().getOwnerDocument();
        } catch (SOAPException unreadable) {
            throw new AssertionError(xml, unreadable);
        }
    }

    private static XPath xpath() {
        XPath xpath = XPathFactory.newDefaultInstance().newXPath();
        xpath.setNamespaceContext(new NamespaceContext() {
            @Override
            public String getNamespaceURI(String prefix) {
                return PREFIXES.getOrDefault(prefix, XMLConstants.NULL_NS_URI);
            }

            @Override
            public String getPrefix(String namespace) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Iterator<String> getPrefixes(String namespace) {
                throw new UnsupportedOperationException();
            }
        });
        return xpath;
    }
}
