/** The servers that are measured: how each is set up, started, awaited and ended. */
package veche.bench.server;
