package veche.room;

/**
 * The answer to "I know everything up to there".
 *
 * @param recovered whether everything missed is still there; if not, listening begins at the tail, and the client must
 *     be told
 * @param after the position to follow from
 * @param tail the room's end at this moment
 */
public record Resumption(boolean recovered, long after, Position tail) {}
