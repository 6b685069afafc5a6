package veche;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import veche.delivery.Fanout;
import veche.delivery.FrameBatch;
import veche.delivery.Transport;
import veche.dialect.Dialect;
import veche.dialect.Frame;
import veche.dialect.HandshakeInfo;
import veche.dialect.soap.SoapLogin;
import veche.dialect.wamp.auth.Anonymous;
import veche.dialect.wamp.auth.TokenLogin;
import veche.dialect.wamp.auth.UriPolicy;
import veche.identity.Identification;
import veche.identity.RegisteredNames;
import veche.identity.Tokens;
import veche.limit.FailedLogins;
import veche.limit.Refusals;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.room.Author;
import veche.room.Draft;
import veche.room.MessageLog;
import veche.room.RoomName;
import veche.room.Rooms;
import veche.room.User;
import veche.socket.ConnectionHandler;
import veche.socket.Gateway;
import veche.socket.SessionRegistry;
import veche.socket.handshake.Rejection;
import veche.testing.Transcript;

/**
 * The server of a {@link Transcript}: settings, dialects, rooms over a log in memory and delivery as in production, but
 * transports without sockets. What clients send, besides frames: {@code GET /chat?parameters subprotocols as principal
 * (role)}, which is answered {@code 101 subprotocol} or with the status of the refusal, and {@code close}. A binary
 * message is {@code binary} with UTF-8 text or {@code 0x} and hexadecimal digits.
 */
public final class TranscriptServer implements Transcript.Server {
    private static final Pattern GET =
            Pattern.compile("GET /chat(?:\\?(?<query>\\S*))?(?: (?<offered>[\\w.]+(?:, [\\w.]+)*))?"
                    + "(?: as (?<principal>\\w+)(?: \\((?<role>\\w+)\\))?)?");
    private static final String BINARY = "binary ";
    private static final String HEX = "0x";
    private static final String END = "end of the transcript";
    private static final long PATIENCE_SECONDS = 10;

    private final MessageLog log = Logs.memory(LogLimits.DEFAULT);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final ScheduledThreadPoolExecutor applications = new ScheduledThreadPoolExecutor(1);
    private final Map<String, Client> clients = new TreeMap<>();
    private final Rooms rooms;
    private final Fanout fanout;
    private final Dialects dialects;
    private final Identification identification;
    private final Gateway gateway;

    /** @param values the settings that differ from their defaults */
    public TranscriptServer(Map<String, String> values) {
        Settings settings = Settings.from(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "transcript", 100))
                .build());
        rooms = new Rooms(log, settings.recent(), settings.moderation().permissions(), Clock.systemUTC());
        rooms.moderation().start().toCompletableFuture().join();
        fanout = new Fanout(rooms, settings.limits(), 1);
        fanout.start();
        RegisteredNames names =
                new RegisteredNames(log.stateStore(), settings.moderation().nameMemory(), Clock.systemUTC());
        rooms.onUser(names::note);
        identification =
                new Identification(new Tokens(settings.tokens(), applications), settings.tokenSources(), names);
        dialects = new Dialects(
                rooms,
                settings,
                List.of(new Anonymous(identification), new TokenLogin(identification.tokens())),
                identification,
                new SoapLogin(
                        identification.tokens(), new FailedLogins(Optional.empty(), Optional::of, new Refusals())),
                timer,
                applications,
                fanout.executor(),
                UriPolicy.NONE,
                fanout.memory());
        gateway = new Gateway(new SessionRegistry(), fanout, dialects.all());
    }

    /** A client, whose connection ends in a queue. */
    private final class Client extends Transport {
        final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        ConnectionHandler handler;

        @Override
        protected void send(FrameBatch batch, Consumer<Throwable> whenDone) {
            batch.frames().forEach(frame -> received.add(line(frame)));
            whenDone.accept(null);
        }

        @Override
        protected void ping() {
            // Clients answer without a frame that a transcript lists.
        }

        @Override
        protected void close(int code, String reason) {
            received.add(("close " + code + " " + reason).strip());
        }

        @Override
        protected void abort() {
            // There is no connection below this one.
        }

        void open(Matcher get) {
            Map<String, String> parameters = parameters(get.group("query"));
            List<String> offered = get.group("offered") == null
                    ? List.of()
                    : List.of(get.group("offered").split(", "));
            Optional<String> subprotocol = gateway.select(offered);
            if (subprotocol.isEmpty()) {
                received.add("400");
                return;
            }
            HandshakeInfo handshake = new HandshakeInfo(
                    subprotocol.get(),
                    user(get, parameters),
                    URI.create("ws://127.0.0.1:8080/chat"),
                    parameters,
                    Map.of(),
                    "127.0.0.1",
                    List.of(Locale.ENGLISH));
            Optional<Rejection> rejection = new GuestCheck(rooms.moderation().permissions())
                    .check(handshake)
                    .or(() -> new BanCheck(rooms).check(handshake));
            if (rejection.isPresent()) {
                received.add(rejection.get().status() + " " + rejection.get().message());
                return;
            }
            received.add(("101 " + subprotocol.get()).strip());
            handler = gateway.open(this, dialect(subprotocol.get()), handshake);
        }
    }

    private static Map<String, String> parameters(String query) {
        return query == null
                ? Map.of()
                : Arrays.stream(query.split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(
                                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private User user(Matcher get, Map<String, String> parameters) {
        List<String> roles = get.group("role") == null ? List.of() : List.of(get.group("role"));
        return identification.user(
                new Identification.Presented(get.group("principal"), roles, null, null, parameters, Locale.ENGLISH));
    }

    private Dialect dialect(String subprotocol) {
        return dialects.all().stream()
                .filter(dialect -> subprotocol.isEmpty()
                        ? dialect.subprotocols().isEmpty()
                        : dialect.subprotocols().contains(subprotocol))
                .findFirst()
                .orElseThrow();
    }

    private static String line(Frame frame) {
        return frame instanceof Frame.Text text ? text.text() : BINARY + line(((Frame.Binary) frame).data());
    }

    private static String line(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean readable = text.chars().noneMatch(c -> Character.isISOControl(c) || c == '\uFFFD');
        return readable ? text : HEX + HexFormat.of().formatHex(bytes);
    }

    private static ByteBuffer bytes(String content) {
        return ByteBuffer.wrap(
                content.startsWith(HEX)
                        ? HexFormat.of().parseHex(content.substring(HEX.length()))
                        : content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void send(String name, String frame) {
        Matcher get = GET.matcher(frame);
        Client client = clients.computeIfAbsent(name, absent -> new Client());
        if (get.matches()) {
            // A later connection of the same client continues its list of frames.
            Client next = new Client();
            client.received.drainTo(next.received);
            clients.put(name, next);
            next.open(get);
        } else if (frame.equals("close")) {
            gateway.closed(client.handler, 1000);
        } else if (frame.startsWith(BINARY)) {
            client.handler.binary(bytes(frame.substring(BINARY.length())), true);
        } else {
            client.handler.text(frame, true);
        }
    }

    @Override
    public Optional<String> next(String name) {
        Client client = clients.get(name);
        return client == null ? Optional.empty() : Optional.ofNullable(poll(client));
    }

    private static String poll(Client client) {
        try {
            return client.received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<String> rest() {
        settle();
        List<String> rest = new ArrayList<>();
        clients.forEach((name, client) -> rest(client).forEach(frame -> rest.add(name + "< " + frame)));
        return rest;
    }

    /** Awaits the tasks and commits under way, and those that they start. */
    private void settle() {
        try {
            for (int i = 0; i < 2; i++) {
                timer.submit(() -> {}).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                applications.submit(() -> {}).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                rooms.send(new RoomName("transcript-end"), Draft.text(new Author("transcript", "Transcript"), END))
                        .toCompletableFuture()
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (Exception e) {
            throw new IllegalStateException("The server does not come to rest", e);
        }
    }

    /** The frames before a last one: a connection delivers private frames after all earlier messages of its rooms. */
    private static List<String> rest(Client client) {
        List<String> rest = new ArrayList<>();
        if (client.handler != null && !client.handler.connection().isClosed()) {
            client.handler.connection().send(new Frame.Text(END));
            for (String frame = poll(client); !END.equals(frame); frame = poll(client)) {
                if (frame == null) {
                    throw new IllegalStateException("An open connection does not deliver; before: " + rest);
                }
                rest.add(frame);
            }
        }
        client.received.drainTo(rest);
        return rest;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        applications.shutdownNow();
        fanout.close();
        log.close();
    }
}
