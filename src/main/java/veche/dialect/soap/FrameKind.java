package veche.dialect.soap;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import veche.dialect.Frame;

/** In which kind of frames a client talks: .NET always in binary ones, text encoding or not. */
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
