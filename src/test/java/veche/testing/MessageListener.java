package veche.testing;

import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** Assembles messages from the parts that the JDK's WebSocket client delivers. The client's threads call it. */
public abstract class MessageListener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    protected abstract void onMessage(String message);

    /** Binary messages are discarded by default. */
    protected void onMessage(byte[] message) {}

    /**
     * The connection ended; only the first call counts.
     *
     * @param code 1006 when it was lost without a close frame
     */
    protected abstract void onClosed(int code, String reason);

    @Override
    public final CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            String message = text.toString();
            text.setLength(0);
            onMessage(message);
        }
        from.request(1);
        return null;
    }

    @Override
    public final CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        byte[] read = new byte[part.remaining()];
        part.get(read);
        bytes.writeBytes(read);
        if (last) {
            onMessage(bytes.toByteArray());
            bytes.reset();
        }
        from.request(1);
        return null;
    }

    @Override
    public final CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        onClosed(code, reason);
        return null;
    }

    @Override
    public final void onError(WebSocket from, Throwable failure) {
        onClosed(1006, failure.toString());
    }
}
