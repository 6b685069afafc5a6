/**
 * The chat domain. A {@link veche.room.Room} is an append-only log of {@link veche.room.Message}s, each at a
 * {@link veche.room.Position}; a subscriber is a cursor into this log. {@link veche.room.Rooms} is the entry point.
 * Commit listeners run on the log's writer thread; permission checks and signals run on the caller's thread. No
 * operation blocks. Imports {@code java.*} only, apart from the annotations of JSpecify.
 */
@NullMarked
package veche.room;

import org.jspecify.annotations.NullMarked;
