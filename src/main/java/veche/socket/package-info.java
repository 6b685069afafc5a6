/**
 * The WebSocket endpoints. They connect the container's sessions to dialect sessions; a registry holds all open
 * connections. {@link veche.socket.Gateway} is the entry point. {@code veche.socket.container} adapts to the
 * containers, and {@code veche.socket.handshake} checks the opening handshake.
 *
 * <p>Threads: container threads call the endpoints, one at a time for each session; the {@link veche.socket.Heartbeat}
 * runs on the timer.
 */
@NullMarked
package veche.socket;

import org.jspecify.annotations.NullMarked;
