package veche.dialect.soap;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/** The element at whose start tag a reader stands, as if there were nothing behind it: JAXB would read one step too far. */
final class OneElement extends StreamReaderDelegate {
    private int depth = 1;

    OneElement(XMLStreamReader reader) {
        super(reader);
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
