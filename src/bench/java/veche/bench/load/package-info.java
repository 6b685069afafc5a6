/**
 * The load generator: WebSocket clients (RFC 6455) on NIO with one selector and one thread, so that they require far
 * less processor time than the servers. Deliveries and invocations are handled without allocation. The program is
 * {@link veche.bench.load.Load}.
 */
package veche.bench.load;
