package veche.dialect.soap.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/**
 * View of the reader's current element as a complete document: JAXB would otherwise read one event past its end tag.
 * The element also declares the namespaces in scope around it, since a QName in its content, such as the value of
 * {@code xsi:type}, may use them.
 */
final class OneElement extends StreamReaderDelegate {
    private final List<Map.Entry<String, String>> inherited = new ArrayList<>();
    private int depth = 1;

    /** @param outer the namespaces in scope outside the element, by prefix */
    OneElement(XMLStreamReader reader, Map<String, String> outer) {
        super(reader);
        for (Map.Entry<String, String> declaration : outer.entrySet()) {
            if (!declares(reader, declaration.getKey())) {
                inherited.add(declaration);
            }
        }
    }

    private static boolean declares(XMLStreamReader reader, String prefix) {
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            String declared = reader.getNamespacePrefix(i);
            if (prefix.equals(declared == null ? "" : declared)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the current event is the start or end tag of the element itself. */
    private boolean isOuterTag() {
        return depth == (getEventType() == START_ELEMENT ? 1 : 0);
    }

    @Override
    public int getNamespaceCount() {
        return super.getNamespaceCount() + (isOuterTag() ? inherited.size() : 0);
    }

    @Override
    public String getNamespacePrefix(int index) {
        int own = super.getNamespaceCount();
        return index < own
                ? super.getNamespacePrefix(index)
                : inherited.get(index - own).getKey();
    }

    @Override
    public String getNamespaceURI(int index) {
        int own = super.getNamespaceCount();
        return index < own
                ? super.getNamespaceURI(index)
                : inherited.get(index - own).getValue();
    }

    @Override
    public int next() throws XMLStreamException {
        if (depth == 0) {
            return END_DOCUMENT;
        }
        int event = super.next();
        if (event == START_ELEMENT) {
            depth++;
        } else if (event == END_ELEMENT) {
            depth--;
        }
        return event;
    }
}
