package veche.socket;

import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import jakarta.websocket.EndpointConfig;
import java.nio.ByteBuffer;
import veche.dialect.Frame;

/** Converts binary frames to the container's {@link ByteBuffer} messages and back. Stateless. */
public final class BinaryCodec implements Encoder.Binary<Frame.Binary>, Decoder.Binary<Frame.Binary> {
    @Override
    public ByteBuffer encode(Frame.Binary frame) {
        // Containers access the backing array, which a read-only buffer does not expose.
        return ByteBuffer.allocate(frame.weight()).put(frame.data()).flip();
    }

    @Override
    public Frame.Binary decode(ByteBuffer data) {
        return new Frame.Binary(ByteBuffer.allocate(data.remaining()).put(data).flip());
    }

    @Override
    public boolean willDecode(ByteBuffer data) {
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
