/**
 * Message storage: {@link veche.log.Logs} creates a {@link veche.room.MessageLog} in memory, in a SQLite file or in
 * PostgreSQL. One writer thread commits queued requests in batches, one transaction each; several threads read.
 */
@NullMarked
package veche.log;

import org.jspecify.annotations.NullMarked;
