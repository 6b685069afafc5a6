/**
 * The interfaces of subprotocol implementations. A {@link veche.dialect.Dialect} opens a
 * {@link veche.dialect.DialectSession} for each client. The session receives the client's messages and sends frames
 * through its {@link veche.dialect.Client}. A shared {@link veche.dialect.MessageEncoder} encodes room messages for all
 * subscribers. Independent of sockets and the container.
 */
@NullMarked
package veche.dialect;

import org.jspecify.annotations.NullMarked;
