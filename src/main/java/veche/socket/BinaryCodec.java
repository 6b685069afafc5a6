package veche.socket;

import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import jakarta.websocket.EndpointConfig;
import java.nio.ByteBuffer;
import veche.dialect.Frame;

/** A binary frame as the container's {@link ByteBuffer} message, and back. Stateless. */
public final class BinaryCodec implements Encoder.Binary<Frame.Binary>, Decoder.Binary<Frame.Binary> {
    @Override
    public ByteBuffer encode(Frame.Binary frame) {
        // Containers reach for the array behind the buffer, which a read-only one does not show.
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
        // Both parents have a default of this, so one must be chosen; nothing is set up.
    }

    @Override
    public void destroy() {
        // As with init.
    }
}
