package veche.room;

import java.util.regex.Pattern;

/** A room's name, valid by construction: {@code [a-z0-9][a-z0-9_-]{0,63}}. */
public record RoomName(String value) implements Comparable<RoomName> {
    private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    /** Where those land who name no room. */
    public static final RoomName LOBBY = new RoomName("lobby");

    /** @throws RefusedException ({@link RefusedException.Reason#BAD_ROOM_NAME}) where the value is no room name */
    public RoomName {
        if (!isValid(value)) {
            throw new RefusedException(
                    RefusedException.Reason.BAD_ROOM_NAME,
                    "A room's name is 1 to 64 of a-z, 0-9, '_' and '-', beginning with a letter or digit");
        }
    }

    /** Whether this is a room's name. */
    public static boolean isValid(String value) {
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
