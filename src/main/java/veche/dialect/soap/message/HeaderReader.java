package veche.dialect.soap.message;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Parses the Header of an envelope. Most problems are recorded and reported by {@link #check()}, so that the fault can
 * refer to the message id wherever that header is.
 */
final class HeaderReader {
    private static final Set<String> TRUE = Set.of("true", "1");
    private static final Set<String> FALSE = Set.of("false", "0", "");
    private static final Set<String> SUPPORTED_ROLES = Set.of("", Soap.ROLE_NEXT, Soap.ROLE_ULTIMATE_RECEIVER);

    /** Identifies the connection, in its first request. */
    private static final QName TOKEN = ChatNames.name("Token");

    private final BoundedReader reader;
    private final Bodies bodies;
    private final Set<QName> seen = new HashSet<>();
    private final Map<QName, String> texts = new HashMap<>();
    private final Map<QName, EndpointReference> endpoints = new HashMap<>();
    private final List<QName> notUnderstood = new ArrayList<>();
    private @Nullable SoapFaultException problem;
    private @Nullable String token;

    HeaderReader(BoundedReader reader, Bodies bodies) {
        this.reader = reader;
        this.bodies = bodies;
    }

    /** Reads from the start tag of Header to its end tag. */
    void read() throws XMLStreamException {
        while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
            QName name = reader.getName();
            if (name.getNamespaceURI().isEmpty()) {
                throw Faults.envelope("unqualified_header", name.getLocalPart());
            }
            if (!SUPPORTED_ROLES.contains(attribute("role"))) {
                reader.skipElement();
            } else if (Wsa.HEADERS.contains(name)) {
                readAddressing(name);
            } else if (name.equals(TOKEN)) {
                readToken();
            } else {
                skipUnknown(name);
            }
        }
    }

    /** Of several, as for the headers of WS-Addressing, none is chosen. */
    private void readToken() throws XMLStreamException {
        if (token != null) {
            problem(Faults.envelope("repeated_header", TOKEN.getLocalPart()));
        }
        token = reader.getElementText().strip();
    }

    private void skipUnknown(QName name) throws XMLStreamException {
        if (mustBeUnderstood(name)) {
            notUnderstood.add(name);
        }
        reader.skipElement();
    }

    /** The attribute mustUnderstand, an xs:boolean (SOAP 1.2 part 1, §5.2.3). */
    private boolean mustBeUnderstood(QName name) {
        String value = attribute("mustUnderstand");
        if (!TRUE.contains(value) && !FALSE.contains(value)) {
            problem(Faults.envelope("must_understand_value", name.getLocalPart()));
        }
        return TRUE.contains(value);
    }

    private String attribute(String local) {
        String value = reader.getAttributeValue(Soap.NS, local);
        return value == null ? "" : value.strip();
    }

    private void readAddressing(QName name) throws XMLStreamException {
        if (!seen.add(name) && !name.equals(Wsa.RELATES_TO)) {
            problem(Faults.invalidHeader(Wsa.INVALID_CARDINALITY, name));
            reader.skipElement();
        } else if (name.equals(Wsa.REPLY_TO) || name.equals(Wsa.FAULT_TO)) {
            readEndpoint(name);
        } else if (name.equals(Wsa.FROM) || name.equals(Wsa.RELATES_TO)) {
            reader.skipElement();
        } else {
            texts.put(name, reader.getElementText());
        }
    }

    private void readEndpoint(QName name) throws XMLStreamException {
        EndpointReference endpoint = bodies.readLeniently(reader, EndpointReference.class);
        endpoints.put(name, endpoint);
        if (endpoint.address() == null) {
            problem(Faults.invalidHeader(Wsa.MISSING_ADDRESS_IN_EPR, name));
        } else if (!endpoint.isAnonymous() && !endpoint.isNone()) {
            problem(Faults.invalidHeader(Wsa.ONLY_ANONYMOUS_ADDRESS_SUPPORTED, name));
        }
    }

    private void problem(SoapFaultException found) {
        problem = problem == null ? found : problem;
    }

    /** The addressing properties read so far. */
    Addressing addressing() {
        return new Addressing(
                texts.get(Wsa.ACTION),
                texts.get(Wsa.MESSAGE_ID),
                texts.get(Wsa.TO),
                endpoints.get(Wsa.REPLY_TO),
                endpoints.get(Wsa.FAULT_TO));
    }

    /** The token; null if absent. */
    @Nullable
    String token() {
        return token;
    }

    /**
     * Checks the headers. Mandatory headers that were not understood take precedence (SOAP 1.2 part 1, §2.6).
     *
     * @throws SoapFaultException for the first problem
     */
    void check() {
        if (!notUnderstood.isEmpty()) {
            throw Faults.mustUnderstand(notUnderstood);
        }
        if (problem != null) {
            throw problem;
        }
        requirePresent(Wsa.ACTION);
        if (addressing().expectsAnswer()) {
            requirePresent(Wsa.MESSAGE_ID);
        }
        for (QName header : List.of(Wsa.ACTION, Wsa.MESSAGE_ID, Wsa.TO)) {
            if ("".equals(texts.get(header))) {
                throw Faults.invalidHeader(Wsa.INVALID_ADDRESS, header);
            }
        }
    }

    private void requirePresent(QName header) {
        if (!texts.containsKey(header)) {
            throw Faults.headerRequired(header);
        }
    }
}
