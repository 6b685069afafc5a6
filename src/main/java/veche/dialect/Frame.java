package veche.dialect;

import java.nio.ByteBuffer;
import java.util.Objects;

/** One whole WebSocket data message (RFC 6455 §5.6). Immutable, shared freely between connections. */
public sealed interface Frame {
    /** About how many bytes it holds: what budgets count. */
    int weight();

    /** Opcode 0x1. */
    record Text(String text) implements Frame {
        public Text {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public int weight() {
            return text.length();
        }
    }

    /** Opcode 0x2. Each call of {@link #data()} gives a read-only view with a cursor of its own. */
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
