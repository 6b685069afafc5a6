/**
 * The HTTP API, {@code /api/v1/}: what WebSocket clients do, for applications that hold no connection. The entry point
 * is {@link veche.web.api.ApiServlet}; each request has a short-lived {@link veche.room.RoomSession}, so that every
 * permission, limit and sanction applies as over WebSocket.
 *
 * <p>Threads: requests are read and written without blocking. Operations run on the container's threads and on those
 * that complete the stages of the log and of the WAMP router; responses are written by a task executor.
 */
@NullMarked
package veche.web.api;

import org.jspecify.annotations.NullMarked;
