package veche.dialect.wamp.v2;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.DialectSession;
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
 * One client's WAMP v2: HELLO and proof first, then a session, then GOODBYE. What breaks the protocol is answered with
 * ABORT, after which nothing is heard any more.
 */
final class V2Session implements DialectSession {
    private final V2Dialect.Context context;
    private final Client client;
    private final HandshakeInfo handshake;
    private final Format offered;
    private final Future<?> patience;
    private Format format;
    private volatile SessionHandshake admission;
    private boolean over;

    V2Session(V2Dialect.Context context, Client client, HandshakeInfo handshake, Format offered) {
        this.context = context;
        this.client = client;
        this.handshake = handshake;
        this.offered = offered;
        this.patience = context.scheduler()
                .schedule(
                        () -> client.close(CloseCode.POLICY, "No HELLO in time"),
                        context.settings().helloTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void onText(String text) {
        hear(new Frame.Text(text));
    }

    @Override
    public void onBinary(ByteBuffer data) {
        hear(new Frame.Binary(data));
    }

    private void hear(Frame frame) {
        if (format == null) {
            format = context.formats().heardIn(offered, frame);
        }
        try {
            for (List<Object> fields : format.read(frame)) {
                if (!over) {
                    hear(MessageParser.parse(fields));
                }
            }
        } catch (DecodingException | ProtocolViolationException e) {
            abort(CloseCode.PROTOCOL_ERROR, Uri.PROTOCOL_VIOLATION, e.getMessage());
        }
    }

    private void hear(WampMessage message) {
        if (message instanceof Abort) {
            over = true;
            leave();
            client.close(CloseCode.NORMAL, "Aborted by the client");
        } else if (admission == null) {
            admit(message);
        } else if (admission.talk() != null) {
            talk(admission.talk(), message);
        } else if (message instanceof Authenticate answer) {
            admission.answer(answer);
        } else if (!admission.failed()) {
            throw new ProtocolViolationException("Expected AUTHENTICATE, not message type " + message.type());
        }
    }

    private void admit(WampMessage message) {
        if (!(message instanceof Hello hello)) {
            throw new ProtocolViolationException(
                    "A session begins with HELLO, not with message type " + message.type());
        }
        V2Peer peer = new V2Peer(client, format, context.settings().goodbyeTimeout());
        admission = new SessionHandshake(context, peer, handshake, this::settled);
        admission.begin(hello);
    }

    /** Perhaps on another thread: the proof may have taken a look at a database. */
    private void settled(WampErrorException refusal) {
        patience.cancel(false);
        if (refusal != null) {
            sendAbort(refusal);
            // A ban has the close code for it, too.
            boolean banned = refusal.uri().equals(Uri.NOT_AUTHORIZED);
            client.close(banned ? CloseCode.POLICY : CloseCode.NORMAL, banned ? refusal.getMessage() : refusal.uri());
        }
    }

    private void talk(RequestHandler talk, WampMessage message) {
        if (message instanceof Goodbye goodbye) {
            over = true;
            boolean answers = talk.session().ended() && goodbye.reason().equals(Uri.GOODBYE_AND_OUT);
            leave();
            if (!answers) {
                client.send(format.write(new Goodbye(Dict.EMPTY, Uri.GOODBYE_AND_OUT).fields()));
            }
            client.close(CloseCode.NORMAL, Uri.GOODBYE_AND_OUT);
        } else if (!talk.session().ended()) {
            // Once the router has ended the session, only the client's GOODBYE is still awaited.
            talk.hear(message);
        }
    }

    private void abort(CloseCode code, String reason, String text) {
        over = true;
        leave();
        sendAbort(new WampErrorException(reason, text));
        client.close(code, text);
    }

    private void sendAbort(WampErrorException failure) {
        Dict details = Dict.explained(failure.getMessage(), failure.payload().kwargs());
        Abort abort = new Abort(details, failure.uri(), Payload.EMPTY);
        client.send(format.write(abort.fields()));
    }

    private void leave() {
        patience.cancel(false);
        if (admission != null) {
            admission.end();
        }
    }

    @Override
    public Optional<Author> author() {
        return Optional.ofNullable(admission)
                .map(SessionHandshake::talk)
                .map(talk -> Identities.user(talk.session().identity()).author());
    }

    @Override
    public void onClose() {
        leave();
    }
}
