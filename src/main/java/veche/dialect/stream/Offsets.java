package veche.dialect.stream;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import veche.room.Position;

/**
 * Positions as offsets of a stream (Durable Streams §8): opaque tokens whose order as strings is that of the positions.
 */
public final class Offsets {
    private static final int DIGITS = 16;
    private static final Pattern TOKEN = Pattern.compile("([A-Za-z0-9-]{1,64})_(\\d{" + DIGITS + "})");

    private Offsets() {}

    /** The offset after the message at a position. */
    public static String format(Position position) {
        String number = Long.toString(position.number());
        return position.epoch() + "_" + "0".repeat(DIGITS - number.length()) + number;
    }

    /** The position that a token denotes; empty if it is none. */
    public static Optional<Position> parse(String token) {
        Matcher parts = TOKEN.matcher(token);
        return parts.matches()
                ? Optional.of(new Position(parts.group(1), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }
}
