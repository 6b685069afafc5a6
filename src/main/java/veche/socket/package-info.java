/**
 * From the container's socket to the dialects and back: the endpoints and what guards their handshake, the registry of
 * connections, and the {@link veche.socket.Fanout} that moves each connection's cursors along the rooms. The only
 * package that imports {@code jakarta.websocket}; containers differ behind {@link veche.socket.Transport}.
 */
package veche.socket;
