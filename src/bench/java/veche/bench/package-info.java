/**
 * The benchmark: {@link veche.bench.Benchmark} starts each {@link veche.bench.server server} in turn on one core,
 * puts {@link veche.bench.load load} on it from another, and {@link veche.bench.report reports} all side by side: chat in
 * one table, with Node ws as the measure, and the topics and calls of WAMP routers in another, with jawampa. No part of
 * the product; {@code src/bench/run} compiles and runs it.
 */
package veche.bench;
