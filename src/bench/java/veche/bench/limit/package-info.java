/** What the kernel allows: a server that does nothing but write the same bytes to everybody. */
package veche.bench.limit;
