/**
 * Rooms as streams over HTTP, for clients without WebSocket: as Durable Streams (github.com/durable-streams,
 * PROTOCOL.md) of the content type {@code application/json}, and as plain server-sent events. A stream is read; messages
 * are sent by another interface. Independent of HTTP itself.
 */
@NullMarked
package veche.dialect.stream;

import org.jspecify.annotations.NullMarked;
