package veche.dialect.soap.message;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAnyElement;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlElementWrapper;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** An endpoint reference (WS-Addressing 1.0 core, §2). Its metadata is ignored. */
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(name = "EndpointReferenceType", namespace = Wsa.NS)
final class EndpointReference {
    @XmlElement(name = "Address", namespace = Wsa.NS)
    private @Nullable String address;

    @XmlElementWrapper(name = "ReferenceParameters", namespace = Wsa.NS)
    @XmlAnyElement
    private List<Element> parameters = new ArrayList<>();

    /** The stripped address, or null if absent. */
    @Nullable
    String address() {
        return address == null ? null : address.strip();
    }

    /** The reference parameters; each message to this endpoint carries them as headers. */
    List<Element> parameters() {
        return parameters;
    }

    boolean isNone() {
        return Wsa.NONE.equals(address());
    }

    boolean isAnonymous() {
        return Wsa.ANONYMOUS.equals(address());
    }
}
