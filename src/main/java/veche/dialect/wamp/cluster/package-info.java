/** What WAMP exchanges with the other nodes: events of topics without a log. */
@NullMarked
package veche.dialect.wamp.cluster;

import org.jspecify.annotations.NullMarked;
