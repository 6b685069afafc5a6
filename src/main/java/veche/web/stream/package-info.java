/** Rooms as streams over HTTP: the requests and responses of {@link veche.dialect.stream}. Nothing blocks. */
@NullMarked
package veche.web.stream;

import org.jspecify.annotations.NullMarked;
