package veche.dialect.wamp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import veche.dialect.Frame;

/** WAMP messages as the tests write and compare them. */
public final class Messages {
    private Messages() {}

    /** A dict of alternating keys and values. */
    public static Map<String, Object> dict(Object... entries) {
        Map<String, Object> dict = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            dict.put((String) entries[i], entries[i + 1]);
        }
        return dict;
    }

    /** A message as it is decoded, with integers of type {@code long}. */
    public static List<Object> message(int type, Object... rest) {
        List<Object> fields = fields(rest);
        fields.add(0, (long) type);
        return fields;
    }

    /** A JSON message whose remaining fields are already encoded, for text that is not valid or not canonical. */
    public static Frame.Text json(int type, String fields) {
        return new Frame.Text("[" + type + "," + fields + "]");
    }

    /** A binary frame from hexadecimal digits. */
    public static Frame hex(String octets) {
        return new Frame.Binary(ByteBuffer.wrap(HexFormat.of().parseHex(octets)));
    }

    public static boolean hasType(List<Object> message, int type) {
        return message.get(0).equals((long) type);
    }

    static List<Object> fields(Object... fields) {
        List<Object> converted = new ArrayList<>(Arrays.asList(fields));
        converted.replaceAll(field -> field instanceof Integer number ? (Object) number.longValue() : field);
        return converted;
    }
}
