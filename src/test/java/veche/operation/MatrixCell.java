package veche.operation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import veche.testing.RawClient;
import veche.testing.Token;

/** One entry of the permission matrix for one subject, in rooms and with users of its own. One thread uses it. */
final class MatrixCell implements AutoCloseable {
    static final String PERMITTED = "yes";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String authority;
    private final MatrixEntry entry;
    private final MatrixSubject subject;
    private final String room;
    private final String other;
    private final String user;
    private final String target;
    private final List<RawClient> connections = new ArrayList<>();

    /** @param number distinguishes the cell */
    MatrixCell(String authority, MatrixEntry entry, MatrixSubject subject, int number) {
        this.authority = authority;
        this.entry = entry;
        this.subject = subject;
        this.room = "room-" + number;
        this.other = "other-" + number;
        this.user = "subject-" + number;
        this.target = "target-" + number;
    }

    /** {@value #PERMITTED}, or the error. */
    String outcome() throws IOException, InterruptedException {
        return switch (entry.dialect()) {
            case "plain" -> plain();
            case "wamp" -> new WampProbe(this).v1();
            case "soap" -> new SoapProbe(this).outcome();
            case "http" -> http();
            default -> new WampProbe(this).v2();
        };
    }

    String room() {
        return room;
    }

    String other() {
        return other;
    }

    /** The subject of another user's tokens. */
    String target() {
        return target;
    }

    /** Connects as the subject. */
    RawClient connect(String subprotocol) {
        return connect("", subprotocol, subject.token(room, user));
    }

    /** Connects as another user. */
    RawClient connect(String subprotocol, String token) {
        return connect("", subprotocol, Optional.of(token));
    }

    private RawClient connect(String query, String subprotocol, Optional<String> token) {
        List<String> headers = new ArrayList<>();
        token.ifPresent(value -> headers.add("Authorization: Bearer " + value));
        if (!subprotocol.isEmpty()) {
            headers.add("Sec-WebSocket-Protocol: " + subprotocol);
        }
        RawClient client =
                new RawClient(URI.create("ws://" + authority + "/chat" + query), headers.toArray(String[]::new));
        connections.add(client);
        return client;
    }

    /** The request, in which placeholders of messages, sessions, subscriptions and registrations remain. */
    String request() {
        return entry.request()
                .replace("{room}", room)
                .replace("{other}", other)
                .replace("{target}", "user:" + target)
                .replace("{token}", subject.token(room, user).orElse(Token.of(user, "User")));
    }

    static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("Without " + pattern + ": " + text);
        }
        return matcher.group(1);
    }

    private String plain() throws IOException {
        String[] parts = request().split(" ");
        RawClient client = connect("?room=" + parts[0], "", subject.token(room, user));
        if (!client.response().startsWith("HTTP/1.1 101")) {
            return client.response().split(" ")[1];
        }
        client.send(parts[1].startsWith("0x") ? RawClient.BINARY : RawClient.TEXT, octets(parts[1]));
        RawClient.Frame frame = client.next();
        return frame.first() == RawClient.CLOSE ? "close " + frame.closeCode() : PERMITTED;
    }

    private static byte[] octets(String content) {
        return content.startsWith("0x")
                ? HexFormat.of().parseHex(content.substring(2))
                : content.getBytes(StandardCharsets.UTF_8);
    }

    private String http() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + authority + request()));
        subject.token(room, user).ifPresent(token -> request.header("Authorization", "Bearer " + token));
        int status = HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
        return status == 200 ? PERMITTED : Integer.toString(status);
    }

    @Override
    public void close() {
        connections.forEach(RawClient::close);
    }
}
