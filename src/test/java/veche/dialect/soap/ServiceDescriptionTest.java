package veche.dialect.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import veche.dialect.soap.message.Operation;

class ServiceDescriptionTest {
    private static final String WSDL = "http://schemas.xmlsoap.org/wsdl/";
    private static final String SOAP_12 = WSDL + "soap12/";
    private static final String METADATA = "http://www.w3.org/2007/05/addressing/metadata";

    private static Document wsdl(String endpoint) throws Exception {
        return DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(ServiceDescription.wsdl(URI.create(endpoint))));
    }

    private static Element first(Document document, String namespace, String local) {
        return (Element) document.getElementsByTagNameNS(namespace, local).item(0);
    }

    @Test
    void thePortIsTheRequestedAddress() throws Exception {
        Document wsdl = wsdl("wss://chat.example/app/chat?a=1&b=2");
        assertEquals(
                "wss://chat.example/app/chat?a=1&b=2",
                first(wsdl, SOAP_12, "address").getAttribute("location"));
        assertEquals(
                "chat?xsd",
                first(wsdl, "http://www.w3.org/2001/XMLSchema", "import").getAttribute("schemaLocation"));
    }

    @Test
    void theRestOfTheServedDescriptionIsUnchanged() throws Exception {
        Document served = wsdl("wss://chat.example/app/chat");
        Document original;
        try (InputStream in = ServiceDescription.open("chat.wsdl")) {
            original = DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .parse(in);
        }
        assertFalse(original.isEqualNode(served));
        first(served, SOAP_12, "address").setAttribute("location", "ws://localhost:8080/chat");
        first(served, "http://www.w3.org/2001/XMLSchema", "import").setAttribute("schemaLocation", "chat.xsd");
        assertTrue(original.isEqualNode(served));
    }

    @Test
    void theTransportIsMsSwsb() throws Exception {
        assertEquals(
                "http://schemas.microsoft.com/soap/websocket",
                first(wsdl("ws://h/chat"), SOAP_12, "binding").getAttribute("transport"));
    }

    @Test
    void everyOperationIsBoundWithItsAction() throws Exception {
        Document wsdl = wsdl("ws://h/chat");
        NodeList bound = first(wsdl, WSDL, "binding").getElementsByTagNameNS(SOAP_12, "operation");
        assertEquals(Operation.values().length, bound.getLength());
        for (int i = 0; i < bound.getLength(); i++) {
            Operation operation = Operation.ofAction(((Element) bound.item(i)).getAttribute("soapAction"));
            assertEquals(operation.local(), ((Element) bound.item(i).getParentNode()).getAttribute("name"));
        }
        Element input = first(wsdl, WSDL, "portType");
        assertEquals(
                Operation.JOIN.action(),
                ((Element) input.getElementsByTagNameNS(WSDL, "input").item(0)).getAttributeNS(METADATA, "Action"));
    }

    @Test
    void everyPortTypeHasABindingOfTheSameOperations() throws Exception {
        Document wsdl = wsdl("ws://h/chat");
        Map<String, Set<String>> portTypes = operations(wsdl, "portType", "name");
        assertEquals(Set.of("c:Chat", "c:ChatListener"), portTypes.keySet());
        assertEquals(portTypes, operations(wsdl, "binding", "type"));
    }

    private static Map<String, Set<String>> operations(Document wsdl, String group, String key) {
        Map<String, Set<String>> found = new HashMap<>();
        NodeList groups = wsdl.getElementsByTagNameNS(WSDL, group);
        for (int i = 0; i < groups.getLength(); i++) {
            Element element = (Element) groups.item(i);
            String name = element.getAttribute(key);
            Set<String> names = found.computeIfAbsent(name.startsWith("c:") ? name : "c:" + name, k -> new HashSet<>());
            NodeList operations = element.getElementsByTagNameNS(WSDL, "operation");
            for (int j = 0; j < operations.getLength(); j++) {
                names.add(((Element) operations.item(j)).getAttribute("name"));
            }
        }
        return found;
    }

    @Test
    void theSchemaIsValid() throws Exception {
        Schema schema = SchemaFactory.newDefaultInstance()
                .newSchema(new StreamSource(new ByteArrayInputStream(ServiceDescription.xsd())));
        String body = Envelopes.body("Join", "<room>tea</room>");
        schema.newValidator().validate(new StreamSource(new java.io.StringReader(body)));
    }
}
