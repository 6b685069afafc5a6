/** The servers that are measured: configuration, start, readiness and stop. */
package veche.bench.server;
