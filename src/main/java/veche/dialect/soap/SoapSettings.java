package veche.dialect.soap;

/**
 * The limits of the SOAP dialect. The size of a whole envelope is the socket's to limit.
 *
 * @param maxDepth elements within elements of an envelope, the Envelope itself counted; {@code veche.soap.max-depth}
 * @param maxElements elements of an envelope; {@code veche.soap.max-elements}
 * @param maxAttributes attributes and namespace declarations of one element; {@code veche.soap.max-attributes}
 * @param maxText characters of one element's text, base64 included; {@code veche.soap.max-text}
 * @param maxRooms rooms that one connection may have joined; {@code veche.soap.max-rooms}
 * @param maxListed messages, members or rooms in one answer, and how many where the client does not say;
 *     {@code veche.soap.max-listed}
 * @param maxPending requests of one connection that may wait for their outcome, above all calls; more are refused as
 *     busy; {@code veche.soap.max-pending}
 */
public record SoapSettings(
        int maxDepth, int maxElements, int maxAttributes, int maxText, int maxRooms, int maxListed, int maxPending) {
    /** What holds where nothing is set. */
    public static final SoapSettings DEFAULT = new SoapSettings(32, 10_000, 64, 8 * 1024 * 1024, 100, 100, 1_000);

    /** @throws IllegalArgumentException where a limit is not positive */
    public SoapSettings {
        for (int limit : new int[] {maxDepth, maxElements, maxAttributes, maxText, maxRooms, maxListed, maxPending}) {
            if (limit < 1) {
                throw new IllegalArgumentException("A limit is at least 1, not " + limit);
            }
        }
    }
}
