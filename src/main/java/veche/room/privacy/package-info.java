/**
 * Export and erasure of the messages of one author over all rooms. {@link veche.room.privacy.AuthorData} is the entry
 * point; it reads the log page by page, on the threads of the log.
 */
@NullMarked
package veche.room.privacy;

import org.jspecify.annotations.NullMarked;
