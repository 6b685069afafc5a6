package veche.dialect.soap.message;

/**
 * Limits of one envelope.
 *
 * @param maxDepth nesting depth of elements, including the Envelope itself; {@code veche.soap.max-depth}
 * @param maxElements elements per envelope; {@code veche.soap.max-elements}
 * @param maxAttributes attributes and namespace declarations per element; {@code veche.soap.max-attributes}
 * @param maxText characters of text per element, including base64 content; {@code veche.soap.max-text}
 */
public record XmlLimits(int maxDepth, int maxElements, int maxAttributes, int maxText) {
    /** The default limits. */
    public static final XmlLimits DEFAULT = new XmlLimits(32, 10_000, 64, 8 * 1024 * 1024);

    /** @throws IllegalArgumentException if a limit is not positive */
    public XmlLimits {
        checkPositive(maxDepth, maxElements, maxAttributes, maxText);
    }

    /** @throws IllegalArgumentException if a limit is not positive */
    public static void checkPositive(int... limits) {
        for (int limit : limits) {
            if (limit < 1) {
                throw new IllegalArgumentException("A limit must be at least 1, but is " + limit);
            }
        }
    }
}
