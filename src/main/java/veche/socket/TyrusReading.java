package veche.socket;

import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import org.glassfish.tyrus.spi.ReadHandler;

/**
 * Reads as Tyrus does, and afterwards lets go of what Tyrus would keep for as long as the connection lasts: its two
 * buffers never shrink, so that a client who once sent a picture would hold its size twice. Called by one thread at a
 * time, as the container reads.
 */
final class TyrusReading implements ReadHandler {
    /** A buffer of that size may stay: most messages fit. */
    private static final int KEPT_BYTES = 4096;

    private final ReadHandler reading;
    private final Kept frames;
    private final Kept input;

    private TyrusReading(ReadHandler reading, Kept frames, Kept input) {
        this.reading = reading;
        this.frames = frames;
        this.input = input;
    }

    /**
     * Puts itself before a connection's own reader; any thread, for what is read after that.
     *
     * @param handler Tyrus's, of a connection that is open
     * @throws ReflectiveOperationException where Tyrus is not as expected inside, or the connection not yet whole
     */
    static void trim(Object handler) throws ReflectiveOperationException {
        ReadHandler reading = (ReadHandler) TyrusWire.read(handler, "connection", "readHandler");
        Object connection = TyrusWire.read(handler, "connection");
        TyrusWire.field(connection, "readHandler")
                .set(connection, new TyrusReading(reading, Kept.of(reading, "buffer"), Kept.of(handler, "buf")));
    }

    @Override
    public void handle(ByteBuffer data) {
        reading.handle(data);
        frames.trim();
        input.trim();
    }

    /** A field with a buffer, and whose it is. */
    private record Kept(Object owner, Field field) {
        static Kept of(Object owner, String name) throws NoSuchFieldException {
            return new Kept(owner, TyrusWire.field(owner, name));
        }

        /** Tyrus makes a new one where it finds none. */
        void trim() {
            try {
                if (field.get(owner) instanceof ByteBuffer buffer
                        && buffer.capacity() > KEPT_BYTES
                        && !buffer.hasRemaining()) {
                    field.set(owner, null);
                }
            } catch (IllegalAccessException e) {
                System.getLogger(TyrusReading.class.getName()).log(Level.DEBUG, "The buffer stays", e);
            }
        }
    }
}
