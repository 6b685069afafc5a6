package veche.dialect.wamp.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import veche.dialect.Frame;

/** {@code wamp.2.json}: one JSON list per text message. */
final class TextFormat implements Format {
    private final Json json;

    TextFormat(Json json) {
        this.json = json;
    }

    @Override
    public List<List<@Nullable Object>> read(Frame frame) {
        if (frame instanceof Frame.Text text) {
            return List.of(json.read(text.text(), json.elements()));
        }
        throw new DecodingException("JSON requires text messages");
    }

    @Override
    public Frame write(List<?> message) {
        return new Frame.Text(json.write(message));
    }

    @Override
    public boolean forwards(Encoded fields) {
        return fields.serialization() == json;
    }

    @Override
    public List<Frame> batch(List<Frame> frames) {
        return frames;
    }
}
