/**
 * Rooms in the WAMP router. {@link veche.dialect.wamp.chat.Chat} adds the durable topics {@code veche.room.<room>}, the
 * procedures {@code veche.<op>} and per-session access control. This package maps refusals of rooms to WAMP errors.
 *
 * <p>Threads: code runs on the threads that process client requests, on those that complete the log's stages, and on an
 * executor for searches. Nothing blocks.
 */
@NullMarked
package veche.dialect.wamp.chat;

import org.jspecify.annotations.NullMarked;
