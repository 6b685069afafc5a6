package veche.dialect.soap;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import veche.dialect.Frame;

/** The kind of WebSocket messages that a client uses: .NET sends binary ones even with its text encoding. */
enum FrameKind {
    TEXT {
        @Override
        Frame frame(String envelope) {
            return new Frame.Text(envelope);
        }
    },
    BINARY {
        @Override
        Frame frame(String envelope) {
            return new Frame.Binary(ByteBuffer.wrap(envelope.getBytes(StandardCharsets.UTF_8)));
        }
    };

    abstract Frame frame(String envelope);
}
