/** The table {@code veche_outbox}, into which applications write messages within their own transactions. */
@NullMarked
package veche.log.outbox;

import org.jspecify.annotations.NullMarked;
