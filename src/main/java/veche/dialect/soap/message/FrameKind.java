package veche.dialect.soap.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import veche.dialect.Frame;

/** The kind of WebSocket messages that a client uses: .NET sends binary ones even with its text encoding. */
public enum FrameKind {
    TEXT {
        @Override
        public Frame frame(String envelope) {
            return new Frame.Text(envelope);
        }
    },
    BINARY {
        @Override
        public Frame frame(String envelope) {
            return new Frame.Binary(ByteBuffer.wrap(envelope.getBytes(StandardCharsets.UTF_8)));
        }
    };

    /** Returns a frame of this kind that contains an envelope. */
    public abstract Frame frame(String envelope);
}
