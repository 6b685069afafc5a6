package veche.dialect.wamp.chat;

import veche.dialect.wamp.router.Procedure;

/** Where procedures are offered. */
@FunctionalInterface
interface Offers {
    void offer(String uri, Procedure procedure);
}
