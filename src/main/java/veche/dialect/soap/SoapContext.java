package veche.dialect.soap;

import java.util.concurrent.Executor;
import veche.room.Rooms;

/**
 * What all SOAP conversations share.
 *
 * @param answers puts answers into words, so that the log's writer thread need not
 */
record SoapContext(
        Rooms rooms,
        ChatService chat,
        SignalForwarder signals,
        EnvelopeReader reader,
        EnvelopeWriter writer,
        SoapSettings settings,
        Executor answers) {}
