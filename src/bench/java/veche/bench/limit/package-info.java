/** An upper limit: a server that only relays bytes to all clients. */
package veche.bench.limit;
