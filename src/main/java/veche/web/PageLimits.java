package veche.web;

/**
 * What the chat page must know of the server's limits, so that it refuses in words before the server must close.
 *
 * @param maxCharacters code points that the plain dialect keeps of a text ({@code veche.plain.max-characters})
 * @param maxBinaryBytes bytes of the largest binary message that is taken ({@code veche.max-binary-bytes})
 */
public record PageLimits(int maxCharacters, int maxBinaryBytes) {

    /** As the page reads it: a JSON object with the components' names. */
    String json() {
        return "{\"maxCharacters\":%d,\"maxBinaryBytes\":%d}".formatted(maxCharacters, maxBinaryBytes);
    }
}
