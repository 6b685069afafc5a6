/** What tests of several packages share. */
package veche.testing;
