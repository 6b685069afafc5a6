/**
 * The fault checker: a cluster of real nodes under load and random faults, and the verification of its guarantees from
 * the histories of all clients and from the database. {@code src/bench/faults} runs it for minutes.
 */
package veche.faults;
