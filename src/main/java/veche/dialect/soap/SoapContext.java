package veche.dialect.soap;

import java.util.concurrent.Executor;
import veche.dialect.soap.message.EnvelopeReader;
import veche.dialect.soap.message.EnvelopeWriter;
import veche.identity.Identification;
import veche.room.Rooms;

/**
 * The objects shared by all SOAP sessions.
 *
 * @param answers serializes responses, to keep this off the log's writer thread and off the timer
 */
record SoapContext(
        Rooms rooms,
        Identification identification,
        ChatService chat,
        ModerationService moderation,
        AuthorService authors,
        SignalForwarder signals,
        EnvelopeReader reader,
        EnvelopeWriter writer,
        SoapSettings settings,
        Executor answers) {}
