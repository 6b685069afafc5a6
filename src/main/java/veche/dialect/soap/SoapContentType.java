package veche.dialect.soap;

import java.util.Locale;

/**
 * The encodings of SOAP that are spoken here: the request header {@code soap-content-type} of the opening handshake
 * (MS-SWSB §2.1). Browsers cannot send it, so its absence is taken as {@link #SPOKEN}.
 */
public final class SoapContentType {
    /** The header's name. */
    public static final String HEADER = "soap-content-type";

    /** What is spoken: the value to send back with 400 where another is asked for, as .NET does. */
    public static final String SPOKEN = "application/soap+xml; charset=utf-8";

    private static final String MEDIA_TYPE = "application/soap+xml";

    private SoapContentType() {}

    /**
     * Whether a client with that header can be talked to.
     *
     * @param value the header's value, or null where it was not sent
     */
    public static boolean accepts(String value) {
        if (value == null || value.isBlank()) {
            return true;
        }
        String[] parts = value.toLowerCase(Locale.ROOT).split(";", -1);
        boolean spoken = parts[0].strip().equals(MEDIA_TYPE);
        for (int i = 1; i < parts.length; i++) {
            spoken &= acceptsParameter(parts[i].replaceAll("[\\s\"]", ""));
        }
        return spoken;
    }

    private static boolean acceptsParameter(String parameter) {
        return !parameter.startsWith("charset=")
                || parameter.equals("charset=utf-8")
                || parameter.equals("charset=utf8");
    }
}
