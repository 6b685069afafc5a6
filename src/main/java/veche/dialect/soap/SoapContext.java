package veche.dialect.soap;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import veche.dialect.soap.message.EnvelopeReader;
import veche.dialect.soap.message.EnvelopeWriter;
import veche.identity.Identification;
import veche.room.Rooms;

/**
 * The objects shared by all SOAP sessions.
 *
 * @param identification names guests, and verifies the tokens that replace those of open connections
 * @param login verifies the tokens that identify guests
 * @param answers serializes responses, to keep this off the log's writer thread and off the timer
 * @param timer runs timeouts
 */
record SoapContext(
        Rooms rooms,
        Identification identification,
        SoapLogin login,
        ChatService chat,
        ModerationService moderation,
        AuthorService authors,
        SignalForwarder signals,
        EnvelopeReader reader,
        EnvelopeWriter writer,
        SoapSettings settings,
        Executor answers,
        ScheduledExecutorService timer) {}
