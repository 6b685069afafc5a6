/**
 * WAMP v1, the subprotocol {@code wamp} of the IANA registry, on the same router as v2. It implements the specification
 * of 2012, and follows the reference implementation where the specification is silent (the recipients of a publication;
 * no error for a publication that fails).
 */
@NullMarked
package veche.dialect.wamp.v1;

import org.jspecify.annotations.NullMarked;
