package veche.dialect.wamp.v2;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.DialectSession;
import veche.dialect.Failures;
import veche.dialect.Frame;
import veche.dialect.HandshakeInfo;
import veche.dialect.wamp.auth.Identities;
import veche.dialect.wamp.codec.DecodingException;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.MessageParser;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.ProtocolViolationException;
import veche.dialect.wamp.message.SessionMessage.Abort;
import veche.dialect.wamp.message.SessionMessage.Authenticate;
import veche.dialect.wamp.message.SessionMessage.Goodbye;
import veche.dialect.wamp.message.SessionMessage.Hello;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.message.WampMessage;
import veche.room.Author;

/**
 * The dialect session of a WAMP v2 client: HELLO and authentication, the session, and GOODBYE. A protocol violation is
 * answered with ABORT, after which further messages are ignored.
 */
final class V2Session implements DialectSession {
    private final V2Dialect.Context context;
    private final Client client;
    private final HandshakeInfo handshakeInfo;
    private final Future<?> helloTimer;
    /** The offered format; until the first frame, whose separator may select a variant. */
    private Format format;

    private boolean received;
    private volatile @Nullable SessionHandshake handshake;
    private boolean finished;

    V2Session(V2Dialect.Context context, Client client, HandshakeInfo handshakeInfo, Format offered) {
        this.context = context;
        this.client = client;
        this.handshakeInfo = handshakeInfo;
        this.format = offered;
        this.helloTimer = context.scheduler()
                .schedule(
                        () -> client.close(CloseCode.POLICY, "No HELLO received in time"),
                        context.settings().helloTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void onText(String text) {
        receive(new Frame.Text(text));
    }

    @Override
    public void onBinary(ByteBuffer data) {
        receive(new Frame.Binary(data));
    }

    private void receive(Frame frame) {
        if (!received) {
            received = true;
            format = context.formats().heardIn(format, frame);
        }
        try {
            for (List<Object> fields : format.read(frame)) {
                if (!finished) {
                    handle(MessageParser.parse(fields));
                }
            }
        } catch (DecodingException | ProtocolViolationException e) {
            abort(CloseCode.PROTOCOL_ERROR, Uri.PROTOCOL_VIOLATION, Failures.message(e));
        }
    }

    private void handle(WampMessage message) {
        SessionHandshake begun = handshake;
        RequestHandler handler = begun == null ? null : begun.requestHandler();
        if (message instanceof Abort) {
            finished = true;
            leave();
            client.close(CloseCode.NORMAL, "Aborted by the client");
        } else if (begun == null) {
            begin(message);
        } else if (handler != null) {
            dispatch(begun, handler, message);
        } else if (message instanceof Authenticate answer) {
            begun.answer(answer);
        } else if (!begun.failed()) {
            throw new ProtocolViolationException("Expected AUTHENTICATE, not message type " + message.type());
        }
    }

    private void begin(WampMessage message) {
        if (!(message instanceof Hello hello)) {
            throw new ProtocolViolationException("Expected HELLO, not message type " + message.type());
        }
        V2Peer peer = new V2Peer(
                client,
                handshakeInfo.remoteAddress(),
                format,
                context.settings().goodbyeTimeout());
        SessionHandshake begun = new SessionHandshake(context, peer, handshakeInfo, hello, this::settled);
        handshake = begun;
        begun.begin();
    }

    /** Possibly called on another thread, since authentication may access a database. */
    private void settled(Optional<WampErrorException> refusal) {
        helloTimer.cancel(false);
        refusal.ifPresent(this::refuse);
    }

    private void refuse(WampErrorException refusal) {
        sendAbort(refusal);
        // A ban is also reported by its close code.
        boolean banned = refusal.uri().equals(Uri.NOT_AUTHORIZED);
        client.close(banned ? CloseCode.POLICY : CloseCode.NORMAL, banned ? Failures.message(refusal) : refusal.uri());
    }

    private void dispatch(SessionHandshake begun, RequestHandler handler, WampMessage message) {
        if (message instanceof Goodbye) {
            finished = true;
            leave();
            begun.peer().receivedGoodbye();
        } else if (!handler.session().ended()) {
            // After the router has ended the session, only the GOODBYE of the client is expected.
            handler.handle(message);
        }
    }

    private void abort(CloseCode code, String reason, String text) {
        finished = true;
        leave();
        sendAbort(new WampErrorException(reason, text));
        client.close(code, text);
    }

    private void sendAbort(WampErrorException failure) {
        Dict details =
                Dict.explained(Failures.message(failure), failure.payload().kwargs());
        Abort abort = new Abort(details, failure.uri(), Payload.EMPTY);
        client.send(format.write(abort.fields()));
    }

    private void leave() {
        helloTimer.cancel(false);
        SessionHandshake begun = handshake;
        if (begun != null) {
            begun.end();
        }
    }

    @Override
    public Optional<Author> author() {
        return Optional.ofNullable(handshake)
                .map(SessionHandshake::requestHandler)
                .map(handler -> Identities.user(handler.session().identity()).author());
    }

    @Override
    public void onClose() {
        leave();
    }
}
