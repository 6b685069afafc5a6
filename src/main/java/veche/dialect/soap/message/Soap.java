package veche.dialect.soap.message;

import javax.xml.namespace.QName;

/** Names of SOAP 1.2 (part 1), and the SOAP 1.1 Envelope, which the server recognizes to reject it. */
public final class Soap {
    public static final String NS = "http://www.w3.org/2003/05/soap-envelope";
    public static final String PREFIX = "s";
    public static final String NS_1_1 = "http://schemas.xmlsoap.org/soap/envelope/";

    public static final QName ENVELOPE = name("Envelope");
    public static final QName HEADER = name("Header");
    public static final QName BODY = name("Body");
    public static final QName FAULT = name("Fault");
    public static final QName ENVELOPE_1_1 = new QName(NS_1_1, "Envelope");

    public static final String ROLE_NEXT = NS + "/role/next";
    public static final String ROLE_ULTIMATE_RECEIVER = NS + "/role/ultimateReceiver";
    public static final String ENCODING_NONE = NS + "/encoding/none";

    private Soap() {}

    private static QName name(String local) {
        return new QName(NS, local, PREFIX);
    }

    /** The fault codes (SOAP 1.2 part 1, §5.4.6). */
    enum Code {
        VERSION_MISMATCH("VersionMismatch"),
        MUST_UNDERSTAND("MustUnderstand"),
        DATA_ENCODING_UNKNOWN("DataEncodingUnknown"),
        SENDER("Sender"),
        RECEIVER("Receiver");

        private final String local;

        Code(String local) {
            this.local = local;
        }

        String local() {
            return local;
        }
    }
}
