package veche.dialect.stream;

import java.util.List;
import java.util.function.BiFunction;
import veche.dialect.Client;
import veche.dialect.Dialect;
import veche.dialect.DialectSession;
import veche.dialect.HandshakeInfo;

/** The dialect of one request. */
record StreamDialect(BiFunction<Client, HandshakeInfo, DialectSession> session) implements Dialect {
    @Override
    public List<String> subprotocols() {
        return List.of();
    }

    @Override
    public DialectSession open(Client client, HandshakeInfo handshake) {
        return session.apply(client, handshake);
    }
}
