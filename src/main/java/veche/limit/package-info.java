/** Rates and the refusals of limits, for every place that a client can make grow. */
@NullMarked
package veche.limit;

import org.jspecify.annotations.NullMarked;
