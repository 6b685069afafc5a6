package veche.socket;

import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import jakarta.websocket.EndpointConfig;
import veche.dialect.Frame;

/** A text frame as the container's text message, and back. Stateless. */
public final class TextCodec implements Encoder.Text<Frame.Text>, Decoder.Text<Frame.Text> {
    @Override
    public String encode(Frame.Text frame) {
        return frame.text();
    }

    @Override
    public Frame.Text decode(String text) {
        return new Frame.Text(text);
    }

    @Override
    public boolean willDecode(String text) {
        return true;
    }

    @Override
    public void init(EndpointConfig config) {
        // Both parents have a default of this, so one must be chosen; nothing is set up.
    }

    @Override
    public void destroy() {
        // As with init.
    }
}
