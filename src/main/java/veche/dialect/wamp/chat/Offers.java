package veche.dialect.wamp.chat;

import veche.dialect.wamp.router.Procedure;

/** Registry for the procedures of the server. */
@FunctionalInterface
interface Offers {
    void offer(String uri, Procedure procedure);
}
