package veche.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** The client side of the opening handshake (RFC 6455 §4.1). */
public final class Upgrade {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;

    private final String key;
    private final String expected;

    /** A handshake with a random key. */
    public Upgrade() {
        byte[] nonce = new byte[KEY_BYTES];
        ThreadLocalRandom.current().nextBytes(nonce);
        key = Base64.getEncoder().encodeToString(nonce);
        expected = accept(key).toLowerCase(Locale.ROOT);
    }

    /** The request for a target. {@code subprotocol} may be null; {@code deflate}: whether permessage-deflate is offered. */
    public byte[] request(String host, int port, String target, String subprotocol, boolean deflate) {
        return ("GET " + target + " HTTP/1.1\r\nHost: " + host + ":" + port
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + key
                        + "\r\nSec-WebSocket-Version: 13\r\n"
                        + (subprotocol == null ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
                        + (deflate ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "") + "\r\n")
                .getBytes(US_ASCII);
    }

    /** Whether this response head accepts the handshake. */
    public boolean isAccepted(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        return lower.startsWith("http/1.1 101 ")
                && lower.replace(" ", "").contains("sec-websocket-accept:" + expected + "\r\n");
    }

    /** The value of Sec-WebSocket-Accept for a key. */
    public static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-1", missing);
        }
    }
}
