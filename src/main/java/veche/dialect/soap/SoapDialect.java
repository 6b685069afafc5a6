package veche.dialect.soap;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Dialect;
import veche.dialect.DialectSession;
import veche.dialect.Failures;
import veche.dialect.HandshakeInfo;
import veche.dialect.soap.message.Bodies;
import veche.dialect.soap.message.EnvelopeReader;
import veche.dialect.soap.message.EnvelopeWriter;
import veche.identity.Identification;
import veche.room.RefusedException;
import veche.room.Rooms;
import veche.room.privacy.AuthorData;

/**
 * SOAP over WebSocket, compatible with .NET: MS-SWSB, SOAP 1.2 with WS-Addressing 1.0, one envelope per text or binary
 * message. Must be constructed on a thread whose context class loader is the application's: JAXB looks up its
 * implementation there.
 */
public final class SoapDialect implements Dialect {
    private final SoapContext services;

    /**
     * Creates the dialect and registers it as a listener for room signals.
     *
     * @param procedures the procedures available to the operation {@code Call}
     * @param identification names guests, and verifies the tokens that replace those of open connections
     * @param login verifies the tokens that identify guests
     * @param answers serializes responses, several at a time but one of each connection; must not reject tasks
     * @param timer runs timeouts; never blocked
     */
    public SoapDialect(
            Rooms rooms,
            Procedures procedures,
            Identification identification,
            SoapLogin login,
            SoapSettings settings,
            Executor answers,
            ScheduledExecutorService timer) {
        Bodies bodies = new Bodies();
        EnvelopeWriter writer = new EnvelopeWriter(bodies);
        SignalForwarder signals = new SignalForwarder(writer);
        ChatService chat = new ChatService(rooms, procedures, settings.maxListed());
        ModerationService moderation = new ModerationService(settings.maxListed());
        services = new SoapContext(
                rooms,
                identification,
                login,
                chat,
                moderation,
                new AuthorService(new AuthorData(rooms)),
                signals,
                new EnvelopeReader(bodies, settings.xml()),
                writer,
                settings,
                answers,
                timer);
        rooms.onSignal(signals::forward);
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
            // The user was banned after the handshake check.
            client.close(CloseCode.POLICY, Failures.message(refusal));
            return DialectSession.OVER;
        }
    }
}
