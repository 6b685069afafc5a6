/**
 * The benchmark. {@link veche.bench.Benchmark} starts each {@link veche.bench.server server} in turn on one core,
 * generates {@link veche.bench.load load} on another core, and {@link veche.bench.report reports} the results: chat in
 * one table, relative to Node ws, and topics and calls of WAMP routers in another, relative to jawampa. Not part of the
 * product; {@code src/bench/run} compiles and runs it.
 */
package veche.bench;
