/**
 * Fan-out: delivers a room's log as frames to each connection, independently of the container.
 * {@link veche.delivery.Fanout} is the entry point; a dialect's session sends to a {@link veche.delivery.Connection},
 * and each container has a {@link veche.delivery.Transport}.
 *
 * <p>A message passes {@code Fanout} → {@code DeliveryWorker} → {@code ConnectionWriter} → {@code SendScheduler} →
 * {@code RoomCursor} → {@code EncodedLog} → {@code FrameBatch} → {@code Transport}.
 *
 * <p>A connection's {@code Closing} has one transition, from open to closed; its status records which peer caused it:
 *
 * <pre>
 *             close(code, reason)  → close frame, abort after 10 s
 *   open ───  abort()              → no close frame: the client observes 1006
 *             closedByPeer(code)   → nothing to send
 * </pre>
 *
 * <p>Threads: {@code veche-delivery-n} write and never block; {@code veche-task-n} run tasks that may block, including
 * all callbacks of a closed connection, and serialize SOAP responses; {@code veche-timer-1} starts tasks and runs only
 * short ones.
 */
@NullMarked
package veche.delivery;

import org.jspecify.annotations.NullMarked;
