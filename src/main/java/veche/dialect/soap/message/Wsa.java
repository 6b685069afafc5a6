package veche.dialect.soap.message;

import java.util.Set;
import javax.xml.namespace.QName;

/** Names of WS-Addressing 1.0 (core and SOAP binding). */
public final class Wsa {
    public static final String NS = "http://www.w3.org/2005/08/addressing";
    public static final String PREFIX = "a";
    public static final String ANONYMOUS = NS + "/anonymous";
    public static final String NONE = NS + "/none";
    /** The RelatesTo value for a message without an id. */
    public static final String UNSPECIFIED = NS + "/unspecified";
    /** The action of faults defined by WS-Addressing. */
    public static final String FAULT_ACTION = NS + "/fault";
    /** The action of faults defined by SOAP. */
    public static final String SOAP_FAULT_ACTION = NS + "/soap/fault";

    public static final QName ACTION = name("Action");
    public static final QName MESSAGE_ID = name("MessageID");
    public static final QName TO = name("To");
    public static final QName FROM = name("From");
    public static final QName REPLY_TO = name("ReplyTo");
    public static final QName FAULT_TO = name("FaultTo");
    public static final QName RELATES_TO = name("RelatesTo");

    /** The headers that the server understands. */
    public static final Set<QName> HEADERS = Set.of(ACTION, MESSAGE_ID, TO, FROM, REPLY_TO, FAULT_TO, RELATES_TO);

    public static final QName INVALID_ADDRESSING_HEADER = name("InvalidAddressingHeader");
    public static final QName INVALID_ADDRESS = name("InvalidAddress");
    public static final QName INVALID_CARDINALITY = name("InvalidCardinality");
    public static final QName MISSING_ADDRESS_IN_EPR = name("MissingAddressInEPR");
    public static final QName ONLY_ANONYMOUS_ADDRESS_SUPPORTED = name("OnlyAnonymousAddressSupported");
    public static final QName MESSAGE_ADDRESSING_HEADER_REQUIRED = name("MessageAddressingHeaderRequired");
    public static final QName DESTINATION_UNREACHABLE = name("DestinationUnreachable");
    public static final QName ACTION_NOT_SUPPORTED = name("ActionNotSupported");

    private Wsa() {}

    private static QName name(String local) {
        return new QName(NS, local, PREFIX);
    }
}
