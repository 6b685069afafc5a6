/** Who is it: whom a signed token names, the container's principal, or a guest. */
package veche.identity;
