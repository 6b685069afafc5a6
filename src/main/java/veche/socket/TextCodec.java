package veche.socket;

import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import jakarta.websocket.EndpointConfig;
import veche.dialect.Frame;

/** Converts text frames to the container's text messages and back. Stateless. */
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
        // Both interfaces have a default method with this signature, so it must be overridden.
    }

    @Override
    public void destroy() {
        // Overridden for the same reason as init.
    }
}
