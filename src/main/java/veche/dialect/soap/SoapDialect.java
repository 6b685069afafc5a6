package veche.dialect.soap;

import java.util.List;
import java.util.concurrent.Executor;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Dialect;
import veche.dialect.DialectSession;
import veche.dialect.HandshakeInfo;
import veche.room.RefusedException;
import veche.room.Rooms;

/**
 * SOAP over WebSocket as .NET speaks it: MS-SWSB, SOAP 1.2 with WS-Addressing 1.0, one envelope a message, text or binary
 * frames. To be made on a thread whose context class loader is the application's, for JAXB looks there for itself.
 */
public final class SoapDialect implements Dialect {
    private final SoapContext services;

    /**
     * Listens to the rooms' signals from now on.
     *
     * @param procedures what the operation {@code Call} calls
     * @param answers runs the putting into words of answers; must not reject
     */
    public SoapDialect(Rooms rooms, Procedures procedures, SoapSettings settings, Executor answers) {
        Bodies bodies = new Bodies();
        EnvelopeWriter writer = new EnvelopeWriter(bodies);
        SignalForwarder signals = new SignalForwarder(writer);
        ChatService chat = new ChatService(rooms, procedures, settings.maxListed());
        services =
                new SoapContext(rooms, chat, signals, new EnvelopeReader(bodies, settings), writer, settings, answers);
        rooms.onSignal(signals::give);
    }

    @Override
    public List<String> subprotocols() {
        return List.of("soap");
    }

    @Override
    public DialectSession open(Client client, HandshakeInfo handshake) {
        try {
            return new SoapSession(services, client, handshake);
        } catch (RefusedException refusal) {
            // Refused since the handshake passed.
            client.close(CloseCode.POLICY, refusal.getMessage());
            return DialectSession.OVER;
        }
    }
}
