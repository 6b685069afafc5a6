/**
 * The opening handshake (RFC 6455 §4.2): {@link veche.socket.handshake.HandshakeFilter} applies the
 * {@link veche.socket.handshake.HandshakePolicy} before the container sees the request, alike on every server. The Origin
 * is checked in {@link veche.socket.handshake.OriginPolicy}.
 *
 * <p>Threads: the container's request threads; everything here is immutable.
 */
package veche.socket.handshake;
