package veche.dialect.wamp.v2;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import veche.dialect.Client;
import veche.dialect.Dialect;
import veche.dialect.DialectSession;
import veche.dialect.HandshakeInfo;
import veche.dialect.wamp.auth.Authenticator;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.codec.Formats;
import veche.dialect.wamp.router.Router;

/** WAMP v2 with all serializations, over a shared router. */
public final class V2Dialect implements Dialect {
    private final Map<String, Format> formats = new TreeMap<>();
    private final Context context;

    /** Dependencies that all dialect sessions share. */
    record Context(
            Router router,
            V2Settings settings,
            Formats formats,
            List<Authenticator> authenticators,
            ScheduledExecutorService scheduler) {}

    /** @param authenticators the authentication methods offered; the client selects one */
    public V2Dialect(
            Router router,
            V2Settings settings,
            Formats formats,
            List<Authenticator> authenticators,
            ScheduledExecutorService scheduler) {
        context = new Context(router, settings, formats, List.copyOf(authenticators), scheduler);
        this.formats.put("wamp.2.json", formats.json());
        this.formats.put("wamp.2.msgpack", formats.msgpack());
        this.formats.put("wamp.2.cbor", formats.cbor());
        this.formats.put("wamp.2.json.batched", formats.jsonBatched());
        this.formats.put("wamp.2.msgpack.batched", formats.msgpackBatched());
        this.formats.put("wamp.2.cbor.batched", formats.cborBatched());
    }

    @Override
    public List<String> subprotocols() {
        return List.copyOf(formats.keySet());
    }

    @Override
    public DialectSession open(Client client, HandshakeInfo handshake) {
        return new V2Session(
                context,
                client,
                handshake,
                Objects.requireNonNull(formats.get(handshake.subprotocol()), "subprotocol"));
    }
}
