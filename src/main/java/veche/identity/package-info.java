/** Who is it: the container's principal, or a guest. */
package veche.identity;
