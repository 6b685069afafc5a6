package veche.dialect.soap.message;

import java.util.List;
import javax.xml.namespace.QName;

/** Signals that a message must be answered with a Fault (SOAP 1.2 part 1, §5.4). Has no stack trace. */
public final class SoapFaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Soap.Code code;
    private final transient List<QName> subcodes;
    private final transient FaultText reason;
    private final transient FaultDetail detail;

    SoapFaultException(Soap.Code code, List<QName> subcodes, FaultText reason, FaultDetail detail) {
        super(reason.key(), null, false, false);
        this.code = code;
        this.subcodes = List.copyOf(subcodes);
        this.reason = reason;
        this.detail = detail;
    }

    Soap.Code code() {
        return code;
    }

    /** The subcodes, outermost first; in the envelope they are nested. */
    List<QName> subcodes() {
        return subcodes;
    }

    FaultText reason() {
        return reason;
    }

    FaultDetail detail() {
        return detail;
    }
}
