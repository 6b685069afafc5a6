package veche.dialect.soap;

import javax.xml.namespace.QName;

/** Qualified names and action URIs of the chat's namespace. */
final class ChatNames {
    static final String NS = "urn:veche:chat:1";
    static final String PREFIX = "c";

    private ChatNames() {}

    static QName name(String local) {
        return new QName(NS, local, PREFIX);
    }

    static String action(String local) {
        return NS + "/" + local;
    }
}
