/**
 * Fan-out: from a room's log to the frames of each connection, without a container. {@link veche.delivery.Fanout} is the
 * entry point; a {@link veche.delivery.Connection} is what a dialect's session sends to, and a
 * {@link veche.delivery.Transport} is what a container provides.
 *
 * <p>A message passes {@code Fanout} → {@code DeliveryWorker} → {@code ConnectionWriter} → {@code SendScheduler} →
 * {@code RoomCursor} → {@code EncodedLog} → {@code FrameBatch} → {@code Transport}.
 *
 * <p>A connection's {@code Closing} has one transition, from open to closed; its status tells who caused it:
 *
 * <pre>
 *             close(code, reason)  → close frame, abort after 10 s
 *   open ───  abort()              → no close frame: the client sees 1006
 *             closedByPeer(code)   → nothing to send
 * </pre>
 *
 * <p>Threads: {@code veche-delivery-n} write, and never block; {@code veche-task-n} run what may block, among it all
 * callbacks of a closed connection; {@code veche-timer-1} starts tasks and runs none that take time.
 */
package veche.delivery;
