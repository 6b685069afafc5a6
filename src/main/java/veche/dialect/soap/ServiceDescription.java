package veche.dialect.soap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import veche.dialect.soap.message.Destination;

/** The service description: WSDL 1.1 and XML Schema. Thread-safe. */
public final class ServiceDescription {
    /** The media type of both documents. */
    public static final String CONTENT_TYPE = "text/xml; charset=utf-8";

    private static final String SOAP_12 = "http://schemas.xmlsoap.org/wsdl/soap12/";
    private static final String SCHEMA = "http://www.w3.org/2001/XMLSchema";

    private ServiceDescription() {}

    /**
     * Returns the WSDL with the given port address. The schema location is relative to the URL of the WSDL, which has
     * the same last path segment: {@code chat?xsd} next to {@code chat?wsdl}.
     *
     * @param endpoint the WebSocket endpoint as the client addresses it, {@code ws} or {@code wss}
     */
    public static byte[] wsdl(URI endpoint) {
        try (InputStream in = open("chat.wsdl")) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            Document wsdl = factory.newDocumentBuilder().parse(in);
            only(wsdl, SOAP_12, "address").setAttribute("location", endpoint.toString());
            only(wsdl, SCHEMA, "import").setAttribute("schemaLocation", Destination.lastSegment(endpoint) + "?xsd");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            TransformerFactory.newDefaultInstance()
                    .newTransformer()
                    .transform(new DOMSource(wsdl), new StreamResult(out));
            return out.toByteArray();
        } catch (IOException | SAXException | ParserConfigurationException | TransformerException e) {
            throw new IllegalStateException("Cannot process the bundled chat.wsdl", e);
        }
    }

    private static Element only(Document document, String namespace, String local) {
        return (Element) document.getElementsByTagNameNS(namespace, local).item(0);
    }

    /** Returns the schema of all message bodies. */
    public static byte[] xsd() {
        try (InputStream in = open("chat.xsd")) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static InputStream open(String document) {
        return ServiceDescription.class.getResourceAsStream(document);
    }
}
