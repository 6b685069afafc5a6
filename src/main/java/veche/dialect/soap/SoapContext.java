package veche.dialect.soap;

import java.util.concurrent.Executor;
import veche.dialect.soap.message.EnvelopeReader;
import veche.dialect.soap.message.EnvelopeWriter;
import veche.room.Rooms;

/**
 * The objects shared by all SOAP sessions.
 *
 * @param answers executes the serialization of responses, to keep it off the log's writer thread
 */
record SoapContext(
        Rooms rooms,
        ChatService chat,
        SignalForwarder signals,
        EnvelopeReader reader,
        EnvelopeWriter writer,
        SoapSettings settings,
        Executor answers) {}
