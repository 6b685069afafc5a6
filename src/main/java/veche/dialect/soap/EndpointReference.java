package veche.dialect.soap;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAnyElement;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlElementWrapper;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;

/** Where a message is to be sent (WS-Addressing 1.0 core, §2). Metadata is passed over. */
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(name = "EndpointReferenceType", namespace = Wsa.NS)
final class EndpointReference {
    @XmlElement(name = "Address", namespace = Wsa.NS)
    private String address;

    @XmlElementWrapper(name = "ReferenceParameters", namespace = Wsa.NS)
    @XmlAnyElement
    private List<Element> parameters = new ArrayList<>();

    /** The address, or null where it has none. */
    String address() {
        return address == null ? null : address.strip();
    }

    /** What is to be sent along as headers of each message to it. */
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
