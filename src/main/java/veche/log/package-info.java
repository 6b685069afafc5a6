/**
 * Where messages are kept: {@link veche.log.Logs} makes a {@link veche.room.MessageLog} in memory, in a SQLite file or
 * in PostgreSQL. One writer thread commits all that waits in one transaction; a few threads read.
 */
package veche.log;
