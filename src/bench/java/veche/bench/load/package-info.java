/**
 * The load generator: one selector, one thread, a WebSocket client written straight onto NIO (RFC 6455), so that it
 * stays far cheaper than any server it measures. What it does for a delivery, or as a callee, allocates nothing. Runs as a
 * program of its own, {@link veche.bench.load.Load}.
 */
package veche.bench.load;
