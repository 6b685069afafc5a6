package veche.web;

/**
 * The limits that the chat page checks before it sends, to show an error instead of having its connection closed, and
 * the settings of what it shows.
 *
 * @param maxCharacters code points after which the plain dialect truncates a text ({@code veche.plain.max-characters})
 * @param maxBinaryBytes maximum size of an accepted binary message in bytes ({@code veche.max-binary-bytes})
 * @param guestsMarked whether guests are marked ({@code veche.guests.names})
 */
public record PageLimits(int maxCharacters, int maxBinaryBytes, boolean guestsMarked) {

    /** A JSON object with the names of the record components. */
    String json() {
        return "{\"maxCharacters\":%d,\"maxBinaryBytes\":%d,\"guestsMarked\":%b}"
                .formatted(maxCharacters, maxBinaryBytes, guestsMarked);
    }
}
