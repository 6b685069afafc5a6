package veche.dialect.soap;

import java.util.List;
import java.util.concurrent.Executor;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Conversation;
import veche.dialect.Dialect;
import veche.dialect.Opening;
import veche.room.Refusal;
import veche.room.Rooms;

/**
 * SOAP over WebSocket as .NET speaks it: MS-SWSB, SOAP 1.2 with WS-Addressing 1.0, one envelope a message, text or binary
 * frames. To be made on a thread whose context class loader is the application's, for JAXB looks there for itself.
 */
public final class SoapDialect implements Dialect {
    private final Services services;

    /**
     * Listens to the rooms' signals from now on.
     *
     * @param procedures what the operation {@code Call} calls
     * @param answers runs the putting into words of answers; must not reject
     */
    public SoapDialect(Rooms rooms, Procedures procedures, SoapSettings settings, Executor answers) {
        Bodies bodies = new Bodies();
        EnvelopeWriter writer = new EnvelopeWriter(bodies);
        Signals signals = new Signals(writer);
        Chat chat = new Chat(rooms, procedures, settings.maxListed());
        services = new Services(rooms, chat, signals, new EnvelopeReader(bodies, settings), writer, settings, answers);
        rooms.onSignal(signals::give);
    }

    @Override
    public List<String> subprotocols() {
        return List.of("soap");
    }

    @Override
    public Conversation open(Client client, Opening opening) {
        try {
            return new SoapConversation(services, client, opening);
        } catch (Refusal refusal) {
            // Refused since the handshake passed.
            client.close(CloseCode.POLICY, refusal.getMessage());
            return Conversation.OVER;
        }
    }
}
