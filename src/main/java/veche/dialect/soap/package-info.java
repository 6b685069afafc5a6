/**
 * SOAP 1.2 over WebSocket, compatible with .NET (MS-SWSB): SOAP clients are members of the same rooms as other clients.
 * {@link veche.dialect.soap.message.EnvelopeReader} parses an envelope. {@link veche.dialect.soap.ChatService} executes
 * the operation, or one of {@link veche.dialect.soap.message.Faults} rejects it.
 * {@link veche.dialect.soap.message.EnvelopeWriter} serializes the response. Room messages are sent as one-way
 * envelopes ({@link veche.dialect.soap.EnvelopeEncoder}). The Java types of the bodies are generated from
 * {@code chat.xsd}.
 */
@NullMarked
package veche.dialect.soap;

import org.jspecify.annotations.NullMarked;
