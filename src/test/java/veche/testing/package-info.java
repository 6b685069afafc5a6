/** Clients and tools that tests of several packages share. */
package veche.testing;
