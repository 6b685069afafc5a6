package veche.socket.container;

import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.glassfish.tyrus.spi.ReadHandler;
import veche.dialect.CloseCode;

/**
 * Reads as Tyrus does, and afterwards lets go of what Tyrus would keep for as long as the connection lasts: its two
 * buffers never shrink, so that a client who once sent a picture would hold its size twice. A frame that is larger than a
 * message may be is noticed while it comes in: Tyrus hands it out whole or not at all. A frame that is not masked, which
 * Tyrus accepts, ends the connection (RFC 6455 §5.1); Tyrus still reads the frames before it. Called by one thread at a
 * time, as the container reads.
 */
final class TyrusReadHandler implements ReadHandler {
    private static final System.Logger LOG = System.getLogger(TyrusReadHandler.class.getName());
    /** RFC 6455 §5.2. */
    private static final int MAX_HEADER = 14;
    /** A buffer of that size may stay: most messages fit. */
    private static final int KEPT_BYTES = 4096;

    private final ReadHandler reading;
    private final Kept frames;
    private final Kept input;

    private final Checks checks;
    private final FrameMaskCheck masks = new FrameMaskCheck();
    private boolean over;

    /** What is checked, and what a violation leads to. */
    private record Checks(int maxFrameBytes, BiConsumer<CloseCode, String> violation) {
        void tooBig() {
            violation.accept(CloseCode.TOO_BIG, "A message has at most " + maxFrameBytes + " bytes");
        }

        void unmasked() {
            violation.accept(CloseCode.PROTOCOL_ERROR, "A client's frames must be masked");
        }
    }

    private TyrusReadHandler(ReadHandler reading, Kept frames, Kept input, Checks checks) {
        this.reading = reading;
        this.frames = frames;
        this.input = input;
        this.checks = checks;
    }

    /**
     * Puts itself before the reader of a connection, as soon as the connection is whole, which it is not yet while its
     * session opens: nothing is read before. Called while the session opens.
     *
     * @param handler Tyrus's
     * @param maxFrameBytes the largest frame
     * @param violation called once, at the first frame that is larger or not masked
     * @throws ReflectiveOperationException where Tyrus is not as expected inside
     */
    static void install(Object handler, int maxFrameBytes, BiConsumer<CloseCode, String> violation)
            throws ReflectiveOperationException {
        Checks checks = new Checks(maxFrameBytes, violation);
        Field latch = Internals.field(handler, "connectionLatch");
        CountDownLatch whole = (CountDownLatch) latch.get(handler);
        latch.set(handler, new Whole(whole, () -> replace(handler, checks)));
    }

    private static void replace(Object handler, Checks checks) {
        try {
            replaceReader(handler, checks);
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.DEBUG, "Frames are not checked, and what is read stays in Tyrus's buffers", e);
        }
    }

    private static void replaceReader(Object handler, Checks checks) throws ReflectiveOperationException {
        ReadHandler reading = (ReadHandler) Internals.read(handler, "connection", "readHandler");
        Object connection = Internals.read(handler, "connection");
        Internals.field(connection, "readHandler")
                .set(
                        connection,
                        new TyrusReadHandler(reading, Kept.of(reading, "buffer"), Kept.of(handler, "buf"), checks));
    }

    /** Counted down by Tyrus when the connection is whole; whoever reads waits for it. */
    private static final class Whole extends CountDownLatch {
        private final CountDownLatch former;
        private final Runnable first;

        Whole(CountDownLatch former, Runnable first) {
            super(1);
            this.former = former;
            this.first = first;
        }

        @Override
        public void countDown() {
            first.run();
            former.countDown();
            super.countDown();
        }
    }

    @Override
    public void handle(ByteBuffer data) {
        if (!over) {
            int unmasked = masks.firstUnmasked(data);
            if (unmasked == FrameMaskCheck.NONE) {
                read(data);
            } else {
                readBefore(unmasked, data);
            }
        }
        if (over) {
            data.position(data.limit());
        }
        frames.trim();
        input.trim();
    }

    private void read(ByteBuffer data) {
        reading.handle(data);
        if (frames.remaining() > checks.maxFrameBytes() + MAX_HEADER) {
            over = true;
            frames.clear();
            checks.tooBig();
        }
    }

    private void readBefore(int unmasked, ByteBuffer data) {
        int end = data.limit();
        reading.handle(data.limit(unmasked));
        data.limit(end);
        over = true;
        frames.clear();
        checks.unmasked();
    }

    /** A field with a buffer, and whose it is. */
    private record Kept(Object owner, Field field) {
        static Kept of(Object owner, String name) throws NoSuchFieldException {
            return new Kept(owner, Internals.field(owner, name));
        }

        int remaining() {
            return buffer().map(ByteBuffer::remaining).orElse(0);
        }

        /** Tyrus makes a new one where it finds none. */
        void trim() {
            if (buffer().filter(kept -> kept.capacity() > KEPT_BYTES && !kept.hasRemaining())
                    .isPresent()) {
                clear();
            }
        }

        void clear() {
            try {
                field.set(owner, null);
            } catch (IllegalAccessException e) {
                LOG.log(Level.DEBUG, "The buffer stays", e);
            }
        }

        private Optional<ByteBuffer> buffer() {
            try {
                return Optional.ofNullable((ByteBuffer) field.get(owner));
            } catch (IllegalAccessException e) {
                LOG.log(Level.DEBUG, "The buffer cannot be seen", e);
                return Optional.empty();
            }
        }
    }
}
