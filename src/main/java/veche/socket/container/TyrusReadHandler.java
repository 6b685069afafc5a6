package veche.socket.container;

import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.glassfish.tyrus.spi.ReadHandler;
import veche.delivery.Transport.FrameObserver;
import veche.dialect.CloseCode;

/**
 * Delegates reads to Tyrus's handler and then releases memory that Tyrus would retain for the lifetime of the
 * connection: its two buffers never shrink, so after a large message a connection would hold twice its size. A frame
 * larger than the maximum message size is detected while it is received, since Tyrus delivers only complete frames. An
 * unmasked frame, which Tyrus accepts, and a negative length, for which it allocates an array, close the connection
 * (RFC 6455 §5.1, §5.2); the frames before are still processed.
 * Called by one thread at a time, as the container reads.
 */
final class TyrusReadHandler implements ReadHandler {
    private static final System.Logger LOG = System.getLogger(TyrusReadHandler.class.getName());
    /** The maximum size of a frame header (RFC 6455 §5.2). */
    private static final int MAX_HEADER = 14;
    /** Buffers up to this size are retained; most messages fit. */
    private static final int RETAINED_BYTES = 4096;

    private final ReadHandler delegate;
    private final BufferField frames;
    private final BufferField input;

    private final Checks checks;
    private final FrameMaskCheck headers = new FrameMaskCheck();
    private boolean violated;

    /** The frame size limit and the observer of frames. */
    private record Checks(int maxFrameBytes, FrameObserver observer) {
        void tooBig() {
            observer.onViolation(CloseCode.TOO_BIG, "Message exceeds " + maxFrameBytes + " bytes");
        }

        void invalid() {
            observer.onViolation(CloseCode.PROTOCOL_ERROR, "A frame is unmasked or has an invalid length");
        }
    }

    private TyrusReadHandler(ReadHandler delegate, BufferField frames, BufferField input, Checks checks) {
        this.delegate = delegate;
        this.frames = frames;
        this.input = input;
        this.checks = checks;
    }

    /**
     * Wraps the read handler of a connection as soon as Tyrus has completed the connection, before anything is read.
     * Called while the session opens, when the connection is not yet complete.
     *
     * @param handler Tyrus's upgrade handler
     * @param maxFrameBytes the maximum frame size
     * @throws ReflectiveOperationException if Tyrus's internals are not supported
     */
    static void install(Object handler, int maxFrameBytes, FrameObserver observer) throws ReflectiveOperationException {
        Checks checks = new Checks(maxFrameBytes, observer);
        Field latch = Internals.field(handler, "connectionLatch");
        CountDownLatch original = (CountDownLatch) latch.get(handler);
        latch.set(handler, new ConnectionLatch(original, () -> replace(handler, checks)));
    }

    private static void replace(Object handler, Checks checks) {
        try {
            replaceReader(handler, checks);
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.DEBUG, "Unsupported Tyrus internals; frames are not checked and buffers not released", e);
        }
    }

    private static void replaceReader(Object handler, Checks checks) throws ReflectiveOperationException {
        ReadHandler delegate = (ReadHandler) Internals.read(handler, "connection", "readHandler");
        Object connection = Internals.read(handler, "connection");
        BufferField frames = BufferField.of(delegate, "buffer");
        BufferField input = BufferField.of(handler, "buf");
        Internals.field(connection, "readHandler")
                .set(connection, new TyrusReadHandler(delegate, frames, input, checks));
    }

    /** Counted down by Tyrus when the connection is complete; the thread that reads awaits it. */
    private static final class ConnectionLatch extends CountDownLatch {
        private final CountDownLatch original;
        private final Runnable onComplete;

        ConnectionLatch(CountDownLatch original, Runnable onComplete) {
            super(1);
            this.original = original;
            this.onComplete = onComplete;
        }

        @Override
        public void countDown() {
            onComplete.run();
            original.countDown();
            super.countDown();
        }
    }

    @Override
    public void handle(ByteBuffer data) {
        if (!violated) {
            int invalid = headers.firstInvalid(data);
            if (invalid == FrameMaskCheck.NONE) {
                read(data);
            } else {
                readBefore(invalid, data);
            }
        }
        if (violated) {
            data.position(data.limit());
        }
        frames.trim();
        input.trim();
        checks.observer().onIncomplete(frames.remaining());
    }

    private void read(ByteBuffer data) {
        delegate.handle(data);
        if (frames.remaining() > checks.maxFrameBytes() + MAX_HEADER) {
            violated = true;
            frames.clear();
            checks.tooBig();
        }
    }

    private void readBefore(int invalid, ByteBuffer data) {
        int end = data.limit();
        delegate.handle(data.limit(invalid));
        data.limit(end);
        violated = true;
        frames.clear();
        checks.invalid();
    }

    /** A field of an object that holds a buffer. */
    private record BufferField(Object owner, Field field) {
        static BufferField of(Object owner, String name) throws NoSuchFieldException {
            return new BufferField(owner, Internals.field(owner, name));
        }

        int remaining() {
            return buffer().map(ByteBuffer::remaining).orElse(0);
        }

        /** Releases an empty large buffer; Tyrus allocates a new one if there is none. */
        void trim() {
            if (buffer().filter(buffer -> buffer.capacity() > RETAINED_BYTES && !buffer.hasRemaining())
                    .isPresent()) {
                clear();
            }
        }

        void clear() {
            try {
                field.set(owner, null);
            } catch (IllegalAccessException e) {
                LOG.log(Level.DEBUG, "Failed to release the buffer", e);
            }
        }

        private Optional<ByteBuffer> buffer() {
            try {
                return Optional.ofNullable((ByteBuffer) field.get(owner));
            } catch (IllegalAccessException e) {
                LOG.log(Level.DEBUG, "Failed to access the buffer", e);
                return Optional.empty();
            }
        }
    }
}
