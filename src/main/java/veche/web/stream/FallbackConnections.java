package veche.web.stream;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import veche.socket.ConnectionHandler;

/** The open connections without WebSocket by the secrets that their clients send. Thread-safe. */
@ApplicationScoped
class FallbackConnections {
    private static final int SECRET_BYTES = 16;

    /**
     * A connection.
     *
     * @param receiving whether a message is being received; its order with others that overlap would be undefined
     */
    record Open(ConnectionHandler handler, ResponseTransport transport, AtomicBoolean receiving) {}

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Open> bySecret = new ConcurrentHashMap<>();

    String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    void add(String secret, ConnectionHandler handler, ResponseTransport transport) {
        bySecret.put(secret, new Open(handler, transport, new AtomicBoolean()));
    }

    void remove(String secret) {
        bySecret.remove(secret);
    }

    Optional<Open> find(String secret) {
        return Optional.ofNullable(bySecret.get(secret));
    }
}
