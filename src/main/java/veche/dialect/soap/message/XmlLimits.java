package veche.dialect.soap.message;

/**
 * Limits of one envelope, each at least 1.
 *
 * @param maxDepth nesting depth of elements, including the Envelope itself; {@code veche.soap.max-depth}
 * @param maxElements elements per envelope; {@code veche.soap.max-elements}
 * @param maxAttributes attributes and namespace declarations per element; {@code veche.soap.max-attributes}
 * @param maxText characters of text per element, including base64 content; {@code veche.soap.max-text}
 */
public record XmlLimits(int maxDepth, int maxElements, int maxAttributes, int maxText) {}
