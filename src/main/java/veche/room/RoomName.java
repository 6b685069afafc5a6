package veche.room;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A room's name, valid by construction: {@code [a-z0-9][a-z0-9_-]{0,63}}. */
public record RoomName(String value) implements Comparable<RoomName> {
    private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    /** The default room for clients that do not name one. */
    public static final RoomName LOBBY = new RoomName("lobby");

    /** @throws RefusedException ({@link RefusedException.Reason#BAD_ROOM_NAME}) if the value is not a room name */
    public RoomName {
        if (!isValid(value)) {
            throw new RefusedException(
                    RefusedException.Reason.BAD_ROOM_NAME,
                    "A room name has 1 to 64 characters of a-z, 0-9, '_' and '-', starting with a letter or digit");
        }
    }

    /** Whether the value is a valid room name. */
    public static boolean isValid(@Nullable String value) {
        return value != null && VALID.matcher(value).matches();
    }

    @Override
    public int compareTo(RoomName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
