package veche.dialect.soap;

import java.util.Set;
import javax.xml.namespace.QName;

/** Names of WS-Addressing 1.0 (core and SOAP binding). */
final class Wsa {
    static final String NS = "http://www.w3.org/2005/08/addressing";
    static final String PREFIX = "a";
    static final String ANONYMOUS = NS + "/anonymous";
    static final String NONE = NS + "/none";
    /** The RelatesTo value for a message without an id. */
    static final String UNSPECIFIED = NS + "/unspecified";
    /** The action of faults defined by WS-Addressing. */
    static final String FAULT_ACTION = NS + "/fault";
    /** The action of faults defined by SOAP. */
    static final String SOAP_FAULT_ACTION = NS + "/soap/fault";

    static final QName ACTION = name("Action");
    static final QName MESSAGE_ID = name("MessageID");
    static final QName TO = name("To");
    static final QName FROM = name("From");
    static final QName REPLY_TO = name("ReplyTo");
    static final QName FAULT_TO = name("FaultTo");
    static final QName RELATES_TO = name("RelatesTo");

    /** The headers that the server understands. */
    static final Set<QName> HEADERS = Set.of(ACTION, MESSAGE_ID, TO, FROM, REPLY_TO, FAULT_TO, RELATES_TO);

    static final QName INVALID_ADDRESSING_HEADER = name("InvalidAddressingHeader");
    static final QName INVALID_ADDRESS = name("InvalidAddress");
    static final QName INVALID_CARDINALITY = name("InvalidCardinality");
    static final QName MISSING_ADDRESS_IN_EPR = name("MissingAddressInEPR");
    static final QName ONLY_ANONYMOUS_ADDRESS_SUPPORTED = name("OnlyAnonymousAddressSupported");
    static final QName MESSAGE_ADDRESSING_HEADER_REQUIRED = name("MessageAddressingHeaderRequired");
    static final QName DESTINATION_UNREACHABLE = name("DestinationUnreachable");
    static final QName ACTION_NOT_SUPPORTED = name("ActionNotSupported");

    private Wsa() {}

    private static QName name(String local) {
        return new QName(NS, local, PREFIX);
    }
}
