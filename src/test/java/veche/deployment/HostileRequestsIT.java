package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.testing.RawHandshake;

/** HTTP requests that try to confuse the server or to occupy it. */
@ArquillianTest
@RunAsClient
class HostileRequestsIT extends DeployedWar {
    private static final int PATIENCE_MILLIS = 5_000;
    /**
     * Undertow accepts fields of up to a mebibyte, which {@code server-config/wildfly} limits, and any octet in them.
     */
    private static final String LENIENT = "4\\d\\d|closed|101";

    /** Payara answers with a page of its own. */
    private static final String NO_UPGRADE = "4\\d\\d|200";

    /** @param expected matches the status code; "closed" is a connection that ends without a response */
    private record Attack(String name, String request, String expected) {}

    private String host() {
        return "Host: 127.0.0.1:" + at("").getPort() + "\r\n";
    }

    private String handshake(String line, String... more) {
        return line + "\r\n" + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + Stream.of(more).map(field -> field + "\r\n").reduce("", String::concat) + "\r\n";
    }

    private List<Attack> attacks() {
        String chat = "GET " + contextPath() + "chat HTTP/1.1";
        String key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
        String host = host().trim();
        return List.of(
                new Attack("no Host", handshake(chat, key), "400"),
                new Attack("two Hosts", handshake(chat, key, host, "Host: evil.example"), "400"),
                new Attack("a Host with a path", handshake(chat, key, host + "/evil"), NO_UPGRADE),
                new Attack("a Host with a user", handshake(chat, key, "Host: evil@127.0.0.1"), "400"),
                new Attack("two keys", handshake(chat, key, key, host), "400"),
                new Attack(
                        "two Origins",
                        handshake(chat, key, host, "Origin: " + origin(), "Origin: http://evil.example"),
                        "403"),
                new Attack("a space before the colon", handshake(chat, key, host, "X-Evil : 1"), LENIENT),
                new Attack("a NUL in a field", handshake(chat, key, host, "X-Evil: a\0b"), LENIENT),
                new Attack(
                        "a field of 100 KiB", handshake(chat, key, host, "X-Evil: " + "x".repeat(100 << 10)), LENIENT),
                new Attack(
                        "a target of 100 KiB",
                        handshake(chat.replace("chat", "chat?" + "x".repeat(100 << 10)), key, host),
                        LENIENT),
                new Attack(
                        "two thousand fields",
                        handshake(chat, key, host + "\r\nX-Evil: 1".repeat(2_000)),
                        "4\\d\\d|closed"),
                new Attack("HTTP/1.0", handshake(chat.replace("1.1", "1.0"), key, host), "4\\d\\d"),
                new Attack("HTTP/9.9", handshake(chat.replace("1.1", "9.9"), key, host), "[45]\\d\\d|closed"),
                new Attack("TRACE", handshake(chat.replace("GET", "TRACE"), key, host), "405|501"),
                new Attack("an unknown method", handshake(chat.replace("GET", "EVIL"), key, host), "405|501"),
                new Attack(
                        "two lengths",
                        "POST " + contextPath() + "chat HTTP/1.1\r\n" + host()
                                + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
                        "400|closed"),
                new Attack("no HTTP", "\u0016\u0003\u0001 evil\r\n\r\n", "400|closed"));
    }

    @Test
    void eachRequestHasItsAnswerAndOthersReceiveEverything() throws IOException {
        try (Bystanders bystanders = new Bystanders(at("chat?room=" + room + "-bystanders"))) {
            Map<String, String> wrong = new TreeMap<>();
            for (Attack attack : attacks()) {
                String status = status(response(attack.request()));
                if (!status.matches(attack.expected())) {
                    wrong.put(attack.name(), status);
                }
            }
            assertEquals(Map.of(), wrong);
            bystanders.assertUndisturbed();
        }
    }

    /** A second request must not be hidden in the body of the first (RFC 9112 §11.2). */
    @Test
    void aRequestCannotBeSmuggledInABody() throws IOException {
        String smuggled = "GET " + contextPath() + "limits.json HTTP/1.1\r\n" + host() + "\r\n";
        String response = response("POST " + contextPath() + "chat HTTP/1.1\r\n" + host() + "Content-Length: "
                + (smuggled.length() + 5) + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled);
        // Undertow itself rejects both headers in one request.
        assertTrue(List.of("400", "413").contains(status(response)), response);
        assertFalse(response.contains("200 OK"), response);
    }

    @Test
    void noPathLeadsToClassesOrProtectedResources() throws IOException {
        List<String> paths = List.of(
                "WEB-INF/web.xml",
                "%57EB-INF/web.xml",
                "web-inf/web.xml",
                "WEB-INF;x/web.xml",
                "/WEB-INF/web.xml",
                "css/../WEB-INF/web.xml",
                "css/%2e%2e/WEB-INF/web.xml",
                "css/..%2fWEB-INF/web.xml",
                "css/..;/WEB-INF/web.xml",
                "css/..%5cWEB-INF/web.xml",
                "css/%c0%ae%c0%ae/WEB-INF/web.xml",
                "WEB-INF/classes/veche/Wiring.class",
                "META-INF/context.xml",
                "../../../../etc/passwd",
                "..%2f..%2f..%2fetc/passwd",
                "css/base.css%00",
                "metrics",
                "metrics;x=1",
                "%6detrics",
                "css/../metrics",
                "admin/api/who/../state",
                "admin/api/state",
                "admin;x/api/state");
        Map<String, String> served = new TreeMap<>();
        for (String path : paths) {
            String response =
                    response("GET " + contextPath() + path + " HTTP/1.1\r\n" + host() + "Connection: close\r\n\r\n");
            // Payara takes what follows a semicolon for a parameter: "admin;x/api/state" is the page "admin".
            boolean publicPage = response.contains("\r\n\r\n<!doctype html>");
            if (!publicPage && !status(response).matches("4\\d\\d|30[12]|closed")) {
                served.put(path, response);
            }
        }
        assertEquals(Map.of(), served);
    }

    @Test
    void everyResponseHasTheSecurityHeaders() throws IOException {
        String chat = "GET " + contextPath() + "chat HTTP/1.1";
        Map<String, String> requests = Map.of(
                "page", plain("index.html"),
                "not found", plain("no/such/page"),
                "metrics", plain("metrics"),
                "administration", plain("admin/api/who"),
                "health", plain("health/live"),
                "endpoint", plain("chat"),
                "description", plain("chat?wsdl"),
                "page with Upgrade",
                        handshake("GET " + contextPath() + "index.html HTTP/1.1", host().trim(), "Connection: close"),
                "handshake without key", handshake(chat, host().trim()),
                "foreign origin",
                        RawHandshake.of(at("chat"))
                                .with("Origin", "http://evil.example")
                                .request());
        Map<String, String> without = new TreeMap<>();
        for (Map.Entry<String, String> request : requests.entrySet()) {
            String response = response(request.getValue());
            if (!response.contains("X-Content-Type-Options: nosniff")
                    || !response.contains("Content-Security-Policy: default-src 'none'")) {
                without.put(request.getKey(), response);
            }
        }
        assertEquals(Map.of(), without);
    }

    private String plain(String path) {
        return "GET " + contextPath() + path + " HTTP/1.1\r\n" + host() + "Connection: close\r\n\r\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "G",
                "GET %1$schat HTTP/1.1\r\n%2$sX-Slow: ",
                "POST %1$schat HTTP/1.1\r\n%2$sContent-Length: 9999\r\n\r\n"
            })
    void unfinishedRequestsDoNotKeepOthersFromConnecting(String unfinished) throws IOException {
        byte[] request = octets(unfinished.formatted(contextPath(), host()));
        try (Bystanders bystanders = new Bystanders(at("chat?room=" + room + "-bystanders"));
                Attackers attackers = new Attackers()) {
            for (int i = 0; i < Attackers.COUNT; i++) {
                attackers
                        .add(new Socket(InetAddress.getLoopbackAddress(), at("").getPort()))
                        .getOutputStream()
                        .write(request);
            }
            bystanders.assertUndisturbed();
            connect(chat()).send("still admitted");
            assertEquals("200", status(response(plain("health/live"))));
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What the server sends until it ends the connection, or pauses; empty if it sends nothing. */
    private String response(String request) throws IOException {
        StringBuilder received = new StringBuilder();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), at("").getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(octets(request));
            byte[] buffer = new byte[1 << 16];
            for (int read = socket.getInputStream().read(buffer);
                    read >= 0;
                    read = socket.getInputStream().read(buffer)) {
                received.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                socket.setSoTimeout(200);
            }
        } catch (SocketException | SocketTimeoutException end) {
            return received.toString();
        }
        return received.toString();
    }

    private static String status(String response) {
        return response.startsWith("HTTP/") ? response.split(" ", 3)[1].substring(0, 3) : "closed";
    }
}
