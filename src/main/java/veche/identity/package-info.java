/**
 * Identification of clients by a signed token, by the container's principal, or as a guest.
 * {@link veche.identity.Identification} is the entry point. Calls run on the caller's thread; an executor fetches JWK
 * sets.
 */
@NullMarked
package veche.identity;

import org.jspecify.annotations.NullMarked;
