package veche.operation;

import static veche.testing.MessageType.HELLO;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import veche.dialect.Frame;
import veche.dialect.wamp.codec.DecodingLimits;
import veche.dialect.wamp.codec.Formats;

/**
 * A WAMP client over MessagePack that sends arbitrary requests and ignores the replies. It reconnects when the server
 * closes its connection. One thread uses it.
 */
final class HostileGuest implements WebSocket.Listener, AutoCloseable {
    private static final Formats FORMATS = new Formats(DecodingLimits.DEFAULT);
    private static final List<String> FEATURES = List.of(
            "payload_passthru_mode",
            "pattern_based_subscription",
            "event_retention",
            "progressive_call_results",
            "call_canceling");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI endpoint;
    private final String address;
    private WebSocket socket;
    private long lastRequest;

    /** @param address from which a trusted proxy forwards; empty for loopback, which is exempt from rate limits */
    HostileGuest(URI endpoint, String address) {
        this.endpoint = endpoint;
        this.address = address;
        connect();
    }

    /** Opens a connection in place of the present one; without effect where the server rejects it. */
    void connect() {
        WebSocket.Builder builder = http.newWebSocketBuilder().subprotocols("wamp.2.msgpack");
        if (!address.isEmpty()) {
            builder.header("X-Forwarded-For", address);
        }
        WebSocket opened;
        try {
            opened = builder.buildAsync(endpoint, this).join();
        } catch (CompletionException rejected) {
            if (rejected.getCause() instanceof WebSocketHandshakeException) {
                return;
            }
            throw rejected;
        }
        if (socket != null) {
            socket.abort();
        }
        socket = opened;
        lastRequest = 0;
        Map<String, Object> features = new LinkedHashMap<>();
        FEATURES.forEach(feature -> features.put(feature, true));
        Map<String, Object> role = Map.of("features", features);
        send(
                (long) HELLO,
                "veche",
                Map.of("roles", Map.of("publisher", role, "subscriber", role, "caller", role, "callee", role)));
    }

    /** Sends a request with the next request id. */
    void request(long type, Object... rest) {
        if (socket.isOutputClosed()) {
            connect();
        }
        List<Object> fields = new ArrayList<>(List.of(type, ++lastRequest));
        fields.addAll(Arrays.asList(rest));
        try {
            send(fields.toArray());
        } catch (CompletionException closedMeanwhile) {
            connect();
        }
    }

    private void send(Object... fields) {
        ByteBuffer bytes = ((Frame.Binary) FORMATS.msgpack().write(Arrays.asList(fields))).data();
        socket.sendBinary(bytes, true).join();
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        from.abort();
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
