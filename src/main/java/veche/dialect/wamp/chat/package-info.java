/**
 * The rooms in the WAMP router: {@link veche.dialect.wamp.chat.Chat} adds their topics {@code veche.room.<room>}, which
 * are durable, their procedures {@code veche.<op>} and the access of each session to them. A room's refusals become
 * WAMP's errors here.
 *
 * <p>Threads: those of the clients' requests, of the log's answers, and an executor for searches; nothing blocks.
 */
package veche.dialect.wamp.chat;
