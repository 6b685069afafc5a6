/**
 * The opening handshake (RFC 6455 §4.2): {@link veche.socket.handshake.HandshakeFilter} applies the
 * {@link veche.socket.handshake.HandshakePolicy} before the container handles the request, in the same way on every
 * server. {@link veche.socket.handshake.OriginPolicy} checks the Origin.
 *
 * <p>Threads: the container's request threads; all types are immutable.
 */
@NullMarked
package veche.socket.handshake;

import org.jspecify.annotations.NullMarked;
