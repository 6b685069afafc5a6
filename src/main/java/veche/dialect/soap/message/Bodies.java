package veche.dialect.soap.message;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Marshaller;
import jakarta.xml.bind.Unmarshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;
import veche.dialect.soap.chat.ObjectFactory;

/** Marshals and unmarshals the content of Body: elements of {@code chat.xsd} ⇄ generated Java types. Thread-safe. */
public final class Bodies {
    /** Maximum length of a validation message in a fault, in characters; longer messages are truncated. */
    private static final int MAX_EXPLANATION = 500;

    private final JAXBContext context;
    private final Schema schema;

    public Bodies() {
        try {
            context = JAXBContext.newInstance(ObjectFactory.class, EndpointReference.class);
            schema = compile();
        } catch (JAXBException | SAXException broken) {
            throw new IllegalStateException("chat.xsd and its generated Java types do not match", broken);
        }
    }

    private static Schema compile() throws SAXException {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        try (InputStream in = Bodies.class.getResourceAsStream("/veche/dialect/soap/chat.xsd")) {
            return factory.newSchema(new StreamSource(in));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Unmarshals the current element and validates it against the schema. The reader must be positioned at the start
     * tag; it is left at the matching end tag.
     *
     * @throws SoapFaultException if the element is not valid
     */
    <T> T read(BoundedReader reader, Class<T> type) throws XMLStreamException {
        return unmarshal(new OneElement(reader, reader.outerNamespaces()), type, schema);
    }

    /** Unmarshals an element without validation, ignoring unknown content. */
    <T> T readLeniently(XMLStreamReader reader, Class<T> type) throws XMLStreamException {
        return unmarshal(new OneElement(reader, Map.of()), type, null);
    }

    private <T> T unmarshal(OneElement reader, Class<T> type, @Nullable Schema validation) throws XMLStreamException {
        try {
            Unmarshaller unmarshaller = context.createUnmarshaller();
            if (validation != null) {
                unmarshaller.setSchema(validation);
                unmarshaller.setEventHandler(event -> false);
            }
            return unmarshaller.unmarshal(reader, type).getValue();
        } catch (JAXBException failure) {
            if (failure.getLinkedException() instanceof XMLStreamException notXml) {
                throw notXml;
            }
            throw Faults.invalidBody(explanation(failure));
        }
    }

    private static String explanation(JAXBException failure) {
        Throwable cause = failure.getLinkedException() == null ? failure : failure.getLinkedException();
        String message = String.valueOf(cause.getMessage());
        return message.length() <= MAX_EXPLANATION ? message : message.substring(0, MAX_EXPLANATION) + "…";
    }

    /** Marshals an instance of a generated type as an element. */
    void write(Object body, XMLStreamWriter writer) throws JAXBException {
        Marshaller marshaller = context.createMarshaller();
        marshaller.setProperty(Marshaller.JAXB_FRAGMENT, true);
        marshaller.marshal(body, writer);
    }
}
