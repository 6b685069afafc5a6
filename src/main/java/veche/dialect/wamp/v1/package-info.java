/**
 * WAMP v1, the bare {@code wamp} of the IANA registry, in the same router as v2. Source: the specification of 2012 and
 * the reference implementation where the text is silent (who hears a publication, and what a failed one says: nothing).
 */
package veche.dialect.wamp.v1;
