/**
 * What differs between Payara (Tyrus on Grizzly), WildFly (Undertow) and Tomcat, and all access to their internals:
 * {@link veche.socket.container.Transports} selects the way out of a session, the other classes correct what a container
 * does against RFC 6455 and RFC 7692. See {@code src/docs/container-limits.md}.
 *
 * <p>Threads: those of the container, and the delivery workers, which never wait here.
 */
package veche.socket.container;
