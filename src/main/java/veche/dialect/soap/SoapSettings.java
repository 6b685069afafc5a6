package veche.dialect.soap;

import veche.dialect.soap.message.XmlLimits;

/**
 * The limits of the SOAP dialect. The size of an envelope is limited by the WebSocket endpoint.
 *
 * @param maxDepth nesting depth of elements in an envelope, including the Envelope itself; {@code veche.soap.max-depth}
 * @param maxElements elements per envelope; {@code veche.soap.max-elements}
 * @param maxAttributes attributes and namespace declarations per element; {@code veche.soap.max-attributes}
 * @param maxText characters of text per element, including base64 content; {@code veche.soap.max-text}
 * @param maxRooms rooms that one connection may join; {@code veche.soap.max-rooms}
 * @param maxListed messages, members or rooms per response; also the default if the request has no limit;
 *     {@code veche.soap.max-listed}
 * @param maxPending pending requests per connection, mostly calls; further ones are refused as busy;
 *     {@code veche.soap.max-pending}
 */
public record SoapSettings(
        int maxDepth, int maxElements, int maxAttributes, int maxText, int maxRooms, int maxListed, int maxPending) {
    /** The default limits. */
    public static final SoapSettings DEFAULT = new SoapSettings(32, 10_000, 64, 8 * 1024 * 1024, 100, 100, 1_000);

    /** @throws IllegalArgumentException if a limit is not positive */
    public SoapSettings {
        for (int limit : new int[] {maxDepth, maxElements, maxAttributes, maxText, maxRooms, maxListed, maxPending}) {
            if (limit < 1) {
                throw new IllegalArgumentException("A limit must be at least 1, but is " + limit);
            }
        }
    }

    /** The limits of one envelope. */
    XmlLimits xml() {
        return new XmlLimits(maxDepth, maxElements, maxAttributes, maxText);
    }
}
