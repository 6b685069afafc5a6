package veche.dialect.soap;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The SOAP encoding negotiated by the request header {@code soap-content-type} of the opening handshake (MS-SWSB §2.1).
 * Browsers cannot send this header; its absence implies {@link #SUPPORTED}.
 */
public final class SoapContentType {
    /** The name of the header. */
    public static final String HEADER = "soap-content-type";

    /** The supported encoding: the header value of the 400 response to a request for another one, as .NET does. */
    public static final String SUPPORTED = "application/soap+xml; charset=utf-8";

    private static final String MEDIA_TYPE = "application/soap+xml";

    private SoapContentType() {}

    /**
     * Whether the requested encoding is supported.
     *
     * @param value the header value, or null if absent
     */
    public static boolean accepts(@Nullable String value) {
        if (value == null || value.isBlank()) {
            return true;
        }
        String[] parts = value.toLowerCase(Locale.ROOT).split(";", -1);
        boolean supported = parts[0].strip().equals(MEDIA_TYPE);
        for (int i = 1; i < parts.length; i++) {
            supported &= acceptsParameter(parts[i].replaceAll("[\\s\"]", ""));
        }
        return supported;
    }

    private static boolean acceptsParameter(String parameter) {
        return !parameter.startsWith("charset=")
                || parameter.equals("charset=utf-8")
                || parameter.equals("charset=utf8");
    }
}
