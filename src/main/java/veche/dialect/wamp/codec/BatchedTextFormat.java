package veche.dialect.wamp.codec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import veche.dialect.Frame;

/**
 * {@code wamp.2.json.batched}: JSON lists, each followed by a separator. The specification requires octet 0x1e;
 * Autobahn, the only known client, writes 0x18 ({@code "\30"} read as octal). Neither can occur inside JSON, so both
 * are accepted.
 */
final class BatchedTextFormat implements Format {
    /** The separator of the specification. */
    static final char RECORD_SEPARATOR = 0x1e;
    /** The separator that Autobahn writes. */
    static final char CANCEL = 0x18;

    private final Json json;
    private final char separator;

    BatchedTextFormat(Json json, char separator) {
        this.json = json;
        this.separator = separator;
    }

    @Override
    public List<List<@Nullable Object>> read(Frame frame) {
        if (!(frame instanceof Frame.Text text)) {
            throw new DecodingException("JSON requires text messages");
        }
        Elements elements = json.elements();
        List<List<@Nullable Object>> messages = new ArrayList<>();
        String batch = text.text();
        int from = 0;
        for (int i = 0; i < batch.length(); i++) {
            if (separates(batch.charAt(i))) {
                messages.add(json.read(batch.substring(from, i), elements));
                from = i + 1;
            }
        }
        if (messages.isEmpty() || from != batch.length()) {
            throw new DecodingException("A batch consists of one or more messages, each followed by a separator");
        }
        return messages;
    }

    static boolean separates(char c) {
        return c == RECORD_SEPARATOR || c == CANCEL;
    }

    @Override
    public Frame write(List<?> message) {
        return new Frame.Text(json.write(message) + separator);
    }

    @Override
    public boolean forwards(Encoded fields) {
        return fields.serialization() == json;
    }

    @Override
    public List<Frame> batch(List<Frame> frames) {
        StringBuilder batch = new StringBuilder();
        frames.forEach(frame -> batch.append(((Frame.Text) frame).text()));
        return List.of(new Frame.Text(batch.toString()));
    }
}
