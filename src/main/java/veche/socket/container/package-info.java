/**
 * Adapters to Payara (Tyrus on Grizzly), WildFly (Undertow) and Tomcat, and all access to their internals.
 * {@link veche.socket.container.Transports} selects the transport of a session; the other classes correct deviations
 * from RFC 6455 and RFC 7692. See {@code src/docs/container-limits.md}.
 *
 * <p>Threads: those of the container, and the delivery workers, which this package never blocks.
 */
@NullMarked
package veche.socket.container;

import org.jspecify.annotations.NullMarked;
