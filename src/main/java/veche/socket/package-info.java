/**
 * The WebSocket endpoints: from a container's session to the session of a dialect, and the registry of all that are open.
 * {@link veche.socket.Gateway} is the entry point. Containers differ in {@code veche.socket.container}, the opening
 * handshake is checked in {@code veche.socket.handshake}.
 *
 * <p>Threads: the container's call the endpoints, one at a time for each session; the {@link veche.socket.Heartbeat} runs
 * on the timer.
 */
package veche.socket;
