package veche.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A client's opening handshake (RFC 6455 §4.1), valid until header fields are replaced or removed. */
public final class RawHandshake {
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final int port;
    private final String target;
    private String method = "GET";

    private RawHandshake(int port, String target) {
        this.port = port;
        this.target = target;
        with("Host", "127.0.0.1:" + port);
        with("Upgrade", "websocket");
        with("Connection", "Upgrade");
        with("Sec-WebSocket-Version", "13");
        with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    }

    /** Of the endpoint, port, path and query count: servers are reached by the loopback address. */
    public static RawHandshake of(URI endpoint) {
        String query = endpoint.getRawQuery() == null ? "" : "?" + endpoint.getRawQuery();
        return new RawHandshake(endpoint.getPort(), endpoint.getRawPath() + query);
    }

    /** @param target the request target as it is sent, not normalized */
    public static RawHandshake of(URI server, String target) {
        return new RawHandshake(server.getPort(), target);
    }

    /** Sets a header field; names that differ in case are different fields. */
    public RawHandshake with(String name, String value) {
        fields.put(name, value);
        return this;
    }

    /** Sets header fields from lines such as {@code Origin: https://site.com}. */
    public RawHandshake withLines(String... lines) {
        for (String line : lines) {
            String[] field = line.split(": ", 2);
            with(field[0], field[1]);
        }
        return this;
    }

    public RawHandshake without(String name) {
        fields.remove(name);
        return this;
    }

    /** Replaces GET. */
    public RawHandshake method(String other) {
        method = other;
        return this;
    }

    /** The request as it is sent, in ISO 8859-1. */
    public String request() {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue() + "\r\n")
                .collect(Collectors.joining("", method + " " + target + " HTTP/1.1\r\n", "\r\n"));
    }

    /**
     * Sends the request over a separate connection.
     *
     * @return the response's status line and header fields
     */
    public String response() {
        try (RawClient client = new RawClient(new Socket(InetAddress.getLoopbackAddress(), port))) {
            client.handshake(this);
            return client.response();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Sends the request over a separate connection.
     *
     * @return the response's status code
     */
    public int status() {
        return RawClient.status(response());
    }

    /**
     * A connection with a receive buffer of a few KiB over which the request was sent and from which nothing was read.
     */
    public Socket withoutReading() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(RawClient.PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream().write(RawClient.octets(request()));
        return socket;
    }
}
