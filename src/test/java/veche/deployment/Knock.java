package veche.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** An opening handshake (RFC 6455 §4.1) of any shape, and the server's answer to it. */
final class Knock {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final int port;
    private final String path;
    private String method = "GET";

    private Knock(int port, String path) {
        this.port = port;
        this.path = path;
        with("Host", "127.0.0.1:" + port);
        with("Upgrade", "websocket");
        with("Connection", "Upgrade");
        with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        with("Sec-WebSocket-Version", "13");
    }

    /** A handshake as it should be. */
    static Knock at(URI endpoint) {
        String query = endpoint.getRawQuery() == null ? "" : "?" + endpoint.getRawQuery();
        return new Knock(endpoint.getPort(), endpoint.getRawPath() + query);
    }

    /** The same at that raw path and query. */
    static Knock at(URI server, String path) {
        return new Knock(server.getPort(), path);
    }

    /** Sets a header field. */
    Knock with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Asks by another method than GET. */
    Knock by(String other) {
        method = other;
        return this;
    }

    /** Leaves a header field out. */
    Knock without(String name) {
        headers.remove(name);
        return this;
    }

    /** The answer's status line and header fields. */
    String answer() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request());
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    return answer.toString();
                }
                answer.append((char) next);
            }
            return answer.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection that takes a few KiB, and of which nobody has read anything yet. */
    Socket withoutReading() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream().write(request());
        return socket;
    }

    private byte[] request() {
        String fields = headers.entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue() + "\r\n")
                .collect(Collectors.joining());
        return (method + " " + path + " HTTP/1.1\r\n" + fields + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The answer's status code. */
    int status() {
        return Integer.parseInt(answer().split(" ", 3)[1]);
    }
}
