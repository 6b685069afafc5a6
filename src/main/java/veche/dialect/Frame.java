package veche.dialect;

import java.nio.ByteBuffer;
import java.util.Objects;

/** A complete WebSocket data message (RFC 6455 §5.6). Immutable; may be shared between connections. */
public sealed interface Frame {
    /** Approximate size in bytes, as counted against budgets. */
    int weight();

    /** A text message (opcode 0x1). */
    record Text(String text) implements Frame {
        public Text {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public int weight() {
            return text.length();
        }
    }

    /** A binary message (opcode 0x2). Each call of {@link #data()} returns a read-only view with its own position. */
    record Binary(ByteBuffer data) implements Frame {
        public Binary {
            data = data.asReadOnlyBuffer();
        }

        @Override
        public ByteBuffer data() {
            return data.duplicate();
        }

        @Override
        public int weight() {
            return data.remaining();
        }
    }
}
