package veche.web.stream;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import veche.dialect.Dialect;
import veche.dialect.Failures;
import veche.dialect.HandshakeInfo;
import veche.dialect.stream.Offsets;
import veche.dialect.stream.RoomStreams;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.socket.ConnectionHandler;
import veche.socket.Gateway;
import veche.socket.handshake.HandshakePolicy;
import veche.socket.handshake.HandshakeRejectedException;

/**
 * Rooms for clients without WebSocket: {@code GET /stream/<room>}, as a Durable Stream or for {@code EventSource}. The
 * checks, privileges and limits are those of WebSocket connections, which open responses are counted among.
 * Thread-safe.
 */
@WebServlet(
        urlPatterns = {"/stream/*"},
        asyncSupported = true)
public class StreamServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String ALLOW = "GET, HEAD, OPTIONS";

    @Inject
    private transient HandshakePolicy policy;

    @Inject
    private transient Gateway gateway;

    @Inject
    private transient RoomStreams streams;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            HandshakeInfo client = policy.admit(request);
            CrossOrigin.allow(request, response);
            switch (request.getMethod()) {
                case "GET" -> follow(StreamRequest.of(request), client, request);
                case "HEAD" -> describe(StreamRequest.room(request), client, request);
                case "OPTIONS" -> CrossOrigin.allowMethods(response, ALLOW);
                default -> {
                    response.setHeader("Allow", ALLOW);
                    new Problem(405, "Method not allowed", "Rooms can only be read here").send(response);
                }
            }
        } catch (HandshakeRejectedException rejected) {
            Problem.send(rejected.rejection(), response);
        } catch (RefusedException | IllegalArgumentException invalid) {
            new Problem(400, "Bad request", String.valueOf(invalid.getMessage())).send(response);
        }
    }

    private void follow(StreamRequest stream, HandshakeInfo client, HttpServletRequest request) throws IOException {
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        if (stream.mode() == StreamRequest.Mode.EVENTS) {
            EventTransport transport = new EventTransport(async);
            Dialect events = streams.events(stream.room(), stream.from(), stream.format(), transport);
            begin(transport, events, client, async);
        } else {
            PollTransport transport =
                    new PollTransport(async, Long.toString(stream.cursor()), request.getHeader("If-None-Match"));
            boolean waits = stream.mode() == StreamRequest.Mode.LONG_POLL;
            begin(transport, streams.poll(stream.room(), stream.from(), waits, transport), client, async);
        }
    }

    private void begin(ResponseTransport transport, Dialect dialect, HandshakeInfo client, AsyncContext async) {
        ConnectionHandler handler = gateway.open(transport, dialect, client);
        async.addListener(new ResponseListener(gateway, handler, () -> {}));
        transport.start(handler::pong);
    }

    private void describe(RoomName room, HandshakeInfo client, HttpServletRequest request) {
        AsyncContext async = request.startAsync();
        HttpServletResponse response = (HttpServletResponse) async.getResponse();
        streams.end(client, room).whenComplete((end, failure) -> {
            if (failure == null) {
                response.setContentType(Answers.CONTENT_TYPE);
                response.setHeader("Cache-Control", "no-store");
                response.setHeader("Stream-Next-Offset", Offsets.format(end));
            } else {
                Problem.of(Failures.cause(failure)).begin(response);
            }
            async.complete();
        });
    }
}
