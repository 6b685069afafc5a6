/** What users may do in rooms, and how often. */
@NullMarked
package veche.room.access;

import org.jspecify.annotations.NullMarked;
