package veche.dialect.soap.message;

import javax.xml.namespace.QName;

/** Qualified names and action URIs of the chat's namespace. */
public final class ChatNames {
    public static final String NS = "urn:veche:chat:1";
    public static final String PREFIX = "c";

    private ChatNames() {}

    static QName name(String local) {
        return new QName(NS, local, PREFIX);
    }

    /** Returns the WS-Addressing action of a message of the chat's schema. */
    public static String action(String local) {
        return NS + "/" + local;
    }
}
