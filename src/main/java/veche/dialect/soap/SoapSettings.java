package veche.dialect.soap;

import java.time.Duration;
import veche.dialect.soap.message.XmlLimits;

/**
 * The limits of the SOAP dialect. The size of an envelope is limited by the WebSocket endpoint.
 *
 * @param xml the limits of one envelope
 * @param maxRooms rooms that one connection may join; {@code veche.soap.max-rooms}
 * @param maxListed messages, members or rooms per response; also the default if the request has no limit;
 *     {@code veche.soap.max-listed}
 * @param maxPending pending requests per connection, mostly calls; further ones are refused as busy;
 *     {@code veche.soap.max-pending}
 * @param tokenTimeout the time for the first request with a token where guests are not admitted;
 *     {@code veche.soap.token-timeout}
 */
public record SoapSettings(XmlLimits xml, int maxRooms, int maxListed, int maxPending, Duration tokenTimeout) {
    /** The default limits. */
    public static final SoapSettings DEFAULT =
            new SoapSettings(XmlLimits.DEFAULT, 100, 100, 1_000, Duration.ofSeconds(10));

    /** @throws IllegalArgumentException if a limit is not positive */
    public SoapSettings {
        XmlLimits.checkPositive(maxRooms, maxListed, maxPending);
    }
}
