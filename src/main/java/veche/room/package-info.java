/**
 * What a chat is: a {@link veche.room.Room} is an append-only log of {@link veche.room.Message}s, each at a
 * {@link veche.room.Position}; whoever listens is a cursor into it. Imports {@code java.*} only.
 */
package veche.room;
