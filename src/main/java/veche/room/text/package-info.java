/**
 * Texts of messages: their length, caseless matching, and the search for them. {@link veche.room.text.Search} reads the
 * log of a room backwards, page by page, on the threads of an executor. No other package of the domain depends on it.
 */
@NullMarked
package veche.room.text;

import org.jspecify.annotations.NullMarked;
