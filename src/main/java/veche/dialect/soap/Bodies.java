package veche.dialect.soap;

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
import org.xml.sax.SAXException;
import veche.dialect.soap.chat.ObjectFactory;

/** What a Body holds: XML of {@code chat.xsd} ⇄ the Java types generated from it. Thread-safe. */
final class Bodies {
    /** The longest of a validator's sentences that is told. */
    private static final int MAX_EXPLANATION = 500;

    private final JAXBContext context;
    private final Schema schema;

    Bodies() {
        try {
            context = JAXBContext.newInstance(ObjectFactory.class, EndpointReference.class);
            schema = compile();
        } catch (JAXBException | SAXException broken) {
            throw new IllegalStateException("The chat's schema and its Java types do not fit", broken);
        }
    }

    private static Schema compile() throws SAXException {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        try (InputStream in = ServiceDescription.open("chat.xsd")) {
            return factory.newSchema(new StreamSource(in));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Reads the element at whose start tag the reader stands, and leaves the reader at its end tag.
     *
     * @throws SoapFaultException where the schema does not admit it
     */
    <T> T read(BoundedReader reader, Class<T> type) throws XMLStreamException {
        return unmarshal(new OneElement(reader, reader.outerNamespaces()), type, schema);
    }

    /** Reads an element that the schema does not know, and passes over what is strange in it. */
    <T> T readLeniently(XMLStreamReader reader, Class<T> type) throws XMLStreamException {
        return unmarshal(new OneElement(reader, Map.of()), type, null);
    }

    private <T> T unmarshal(OneElement reader, Class<T> type, Schema valid) throws XMLStreamException {
        try {
            Unmarshaller unmarshaller = context.createUnmarshaller();
            if (valid != null) {
                unmarshaller.setSchema(valid);
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
        String sentence = String.valueOf(cause.getMessage());
        return sentence.length() <= MAX_EXPLANATION ? sentence : sentence.substring(0, MAX_EXPLANATION) + "…";
    }

    /** Writes an object of a generated type as an element. */
    void write(Object body, XMLStreamWriter writer) throws JAXBException {
        Marshaller marshaller = context.createMarshaller();
        marshaller.setProperty(Marshaller.JAXB_FRAGMENT, true);
        marshaller.marshal(body, writer);
    }
}
