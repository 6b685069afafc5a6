package veche.dialect.soap.message;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/**
 * Reads untrusted XML within limits. A DTD, and with it any entity, and processing instructions are rejected (SOAP 1.2
 * part 1, §5, forbids both). An exceeded limit is reported as a {@link SoapFaultException}; input that is not
 * well-formed as an {@link XMLStreamException}. Not thread-safe.
 */
final class BoundedReader extends StreamReaderDelegate {
    /** The JDK's implementation, regardless of the container's. Shared by all threads: never reconfigured. */
    private static final XMLInputFactory FACTORY = factory();

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** The depth of the outer elements: the Envelope, and its Header or Body. */
    private static final int OUTER_ELEMENTS = 2;

    private final XmlLimits limits;
    /** The namespace declarations of each open outer element. */
    private final List<Map<String, String>> outerDeclarations = new ArrayList<>();

    private int depth;
    private int elements;
    private int text;
    private boolean refused;

    BoundedReader(String xml, XmlLimits limits) throws XMLStreamException {
        super(open(xml));
        this.limits = limits;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("External entities are not resolved");
        });
        return factory;
    }

    private static XMLStreamReader open(String xml) throws XMLStreamException {
        String content = !xml.isEmpty() && xml.charAt(0) == BYTE_ORDER_MARK ? xml.substring(1) : xml;
        return FACTORY.createXMLStreamReader(new StringReader(content));
    }

    /** Whether the JDK's parser stopped at one of its own limits (error codes JAXP00010001 to JAXP00010007). */
    static boolean isLimit(XMLStreamException failure) {
        return failure.getMessage() != null && failure.getMessage().contains("JAXP000100");
    }

    /**
     * Rejects an XML declaration with another encoding or version. Must be called before the first event is read.
     *
     * @throws SoapFaultException if the encoding is not UTF-8 or the version is not 1.0
     */
    void checkDeclaration() {
        String encoding = getCharacterEncodingScheme();
        if (encoding != null && !encoding.equalsIgnoreCase(StandardCharsets.UTF_8.name())) {
            throw refusal(Faults.envelope("encoding", encoding));
        }
        if (getVersion() != null && !getVersion().equals("1.0")) {
            throw refusal(Faults.envelope("xml_version", getVersion()));
        }
    }

    @Override
    public int next() throws XMLStreamException {
        int event = super.next();
        switch (event) {
            case START_ELEMENT -> startElement();
            case END_ELEMENT -> endElement();
            case CHARACTERS, CDATA -> characters();
            case DTD, ENTITY_REFERENCE -> throw refusal(Faults.envelope("dtd"));
            case PROCESSING_INSTRUCTION -> throw refusal(Faults.envelope("processing_instruction"));
            default -> {}
        }
        return event;
    }

    private void startElement() {
        text = 0;
        within("depth", ++depth, limits.maxDepth());
        within("elements", ++elements, limits.maxElements());
        within("attributes", getAttributeCount() + getNamespaceCount(), limits.maxAttributes());
        if (depth <= OUTER_ELEMENTS) {
            outerDeclarations.subList(depth - 1, outerDeclarations.size()).clear();
            outerDeclarations.add(declarations());
        }
    }

    private Map<String, String> declarations() {
        Map<String, String> declared = new LinkedHashMap<>();
        for (int i = 0; i < getNamespaceCount(); i++) {
            declared.put(orEmpty(getNamespacePrefix(i)), orEmpty(getNamespaceURI(i)));
        }
        return declared;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    /** The namespaces, by prefix, that the Envelope and its current Header or Body declare for their descendants. */
    Map<String, String> outerNamespaces() {
        Map<String, String> inScope = new LinkedHashMap<>();
        outerDeclarations.forEach(inScope::putAll);
        return inScope;
    }

    private void endElement() {
        text = 0;
        depth--;
    }

    private void characters() {
        text += getTextLength();
        within("text", text, limits.maxText());
    }

    private void within(String what, int count, int limit) {
        if (count > limit) {
            throw refusal(Faults.limit(what, limit));
        }
    }

    private SoapFaultException refusal(SoapFaultException fault) {
        refused = true;
        return fault;
    }

    /** Reads the rest only to check that it is well-formed. Does nothing once the input has been rejected. */
    void drain() throws XMLStreamException {
        while (!refused && hasNext()) {
            super.next();
        }
    }

    /** Advances to the next start or end tag, skipping white space and comments; other text is a fault. */
    @Override
    public int nextTag() throws XMLStreamException {
        int event = next();
        while (event == COMMENT || event == SPACE || (event == CHARACTERS || event == CDATA) && isWhiteSpace()) {
            event = next();
        }
        if (event != START_ELEMENT && event != END_ELEMENT) {
            throw Faults.envelope("text");
        }
        return event;
    }

    /** The stripped text of a text-only element; the reader is left at its end tag. */
    @Override
    public String getElementText() throws XMLStreamException {
        QName element = getName();
        StringBuilder content = new StringBuilder();
        for (int event = next(); event != END_ELEMENT; event = next()) {
            if (event == START_ELEMENT) {
                throw Faults.envelope("no_text", element.getLocalPart());
            }
            if (event != COMMENT) {
                content.append(getTextCharacters(), getTextStart(), getTextLength());
            }
        }
        return content.toString().strip();
    }

    /** Skips the current element and its content; the reader is left at its end tag. */
    void skipElement() throws XMLStreamException {
        int outside = depth - 1;
        while (depth > outside) {
            next();
        }
    }
}
