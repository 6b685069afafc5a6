package veche.web.stream;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import veche.dialect.CloseCode;
import veche.dialect.HandshakeInfo;
import veche.socket.ConnectionHandler;
import veche.socket.Gateway;
import veche.socket.handshake.HandshakePolicy;
import veche.socket.handshake.HandshakeRejectedException;

/**
 * The subprotocols of {@code /chat} for clients whose proxy refuses WebSocket: {@code GET} receives frames as
 * server-sent events, {@code POST} sends a message, {@code DELETE} closes. Thread-safe.
 */
@WebServlet(
        name = "chat-over-http",
        urlPatterns = {"/chat/http"},
        asyncSupported = true)
public class FallbackServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String ALLOW = "GET, POST, DELETE, OPTIONS";
    private static final long BODY_MILLIS = 30_000;

    @Inject
    private transient HandshakePolicy policy;

    @Inject
    private transient Gateway gateway;

    @Inject
    private transient FallbackConnections connections;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (request.getMethod().equals("GET")) {
                open(request, response);
                return;
            }
            policy.checkOrigin(request);
            CrossOrigin.allow(request, response);
            switch (request.getMethod()) {
                case "POST", "DELETE" -> receive(request, response);
                case "OPTIONS" -> CrossOrigin.allowMethods(response, ALLOW);
                default -> {
                    response.setHeader("Allow", ALLOW);
                    new Problem(405, "Method not allowed", "Use " + ALLOW).send(response);
                }
            }
        } catch (HandshakeRejectedException rejected) {
            Problem.send(rejected.rejection(), response);
        }
    }

    private void open(HttpServletRequest request, HttpServletResponse response)
            throws IOException, HandshakeRejectedException {
        HandshakeInfo client = policy.admitWith(request, parameter(request, "subprotocol"));
        CrossOrigin.allow(request, response);
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        String secret = connections.newSecret();
        FallbackTransport transport = new FallbackTransport(async, secret, client.subprotocol());
        ConnectionHandler handler = gateway.open(transport, client);
        connections.add(secret, handler, transport);
        async.addListener(new ResponseListener(gateway, handler, () -> connections.remove(secret)));
        transport.start(handler::pong);
    }

    private void receive(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<FallbackConnections.Open> found = connections.find(parameter(request, "connection"));
        if (found.isEmpty()) {
            new Problem(404, "Not found", "The connection is closed").send(response);
        } else if (request.getMethod().equals("DELETE")) {
            gateway.closed(found.get().handler(), CloseCode.NORMAL.number());
            found.get().transport().abort();
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else if (found.get().receiving().compareAndSet(false, true)) {
            receive(request, found.get());
        } else {
            new Problem(409, "Conflict", "Messages must be sent one after the other").send(response);
        }
    }

    private void receive(HttpServletRequest request, FallbackConnections.Open connection) throws IOException {
        ConnectionHandler handler = connection.handler();
        boolean binary = Objects.toString(request.getContentType(), "").startsWith("application/octet-stream");
        AsyncContext async = request.startAsync();
        async.setTimeout(BODY_MILLIS);
        MessageReader reader = new MessageReader(
                async,
                gateway.maxMessageBytes(),
                body -> {
                    if (binary) {
                        handler.binary(ByteBuffer.wrap(body), true);
                    } else {
                        text(handler, body);
                    }
                },
                () -> connection.receiving().set(false));
        async.addListener(reader);
        request.getInputStream().setReadListener(reader);
    }

    private static void text(ConnectionHandler handler, byte[] body) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            handler.close(CloseCode.INVALID_PAYLOAD, "The text is not valid UTF-8");
            return;
        }
        handler.text(text, true);
    }

    private static String parameter(HttpServletRequest request, String name) {
        // Not of the body, which must not be read here.
        return Optional.ofNullable(request.getQueryString()).stream()
                .flatMap(query -> Arrays.stream(query.split("&")))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }
}
