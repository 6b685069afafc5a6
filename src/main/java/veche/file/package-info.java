/** Configuration files that are read again when they change. */
@NullMarked
package veche.file;

import org.jspecify.annotations.NullMarked;
