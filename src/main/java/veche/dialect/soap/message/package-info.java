/**
 * Messages of SOAP 1.2 with WS-Addressing 1.0: envelopes, headers, addresses and faults, read within limits and written
 * as .NET's text encoder writes them. {@link veche.dialect.soap.message.EnvelopeReader} and
 * {@link veche.dialect.soap.message.EnvelopeWriter} are the entry points; nothing here uses a connection or a room.
 *
 * <p>Threads: readers and writers are created for each message; what is shared is immutable.
 */
@NullMarked
package veche.dialect.soap.message;

import org.jspecify.annotations.NullMarked;
