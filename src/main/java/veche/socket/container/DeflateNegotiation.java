package veche.socket.container;

import jakarta.websocket.Extension;
import java.util.List;

/**
 * Negotiates permessage-deflate (RFC 7692) if the server can limit the inflated size: Tomcat by itself, Tyrus with
 * {@link TyrusDeflate}. On other servers the extension is declined, even if supported: Undertow inflates without a
 * limit.
 *
 * @param maxBytes the maximum message size
 */
public record DeflateNegotiation(int maxBytes, Container container) {
    static final String NAME = "permessage-deflate";

    /** The LZ77 window of Tomcat's compressor, the only one that the JDK's Deflater supports. */
    private static final int TOMCAT_WINDOW_BITS = 15;
    /** Any window, since this server does not compress. */
    private static final int ANY_WINDOW_BITS = 8;

    public DeflateNegotiation(int maxBytes) {
        this(maxBytes, Container.present());
    }

    /** Accepts the first offer that is valid and supported (RFC 7692 §5, §7.1); declines all others. */
    public List<Extension> negotiate(List<Extension> installed, List<Extension> requested) {
        if (!available(installed)) {
            return List.of();
        }
        return requested.stream()
                .filter(extension -> NAME.equals(extension.getName()))
                .filter(offer -> DeflateOffer.acceptable(offer, minWindowBits()))
                .findFirst()
                // TyrusDeflate links only on Tyrus.
                .map(offer -> List.of(container == Container.TYRUS ? new TyrusDeflate(offer, maxBytes) : offer))
                .orElse(List.of());
    }

    private boolean available(List<Extension> installed) {
        return switch (container) {
            case TOMCAT -> installed.stream().anyMatch(has -> NAME.equals(has.getName()));
            case TYRUS -> true;
            case OTHER -> false;
        };
    }

    private int minWindowBits() {
        return container == Container.TOMCAT ? TOMCAT_WINDOW_BITS : ANY_WINDOW_BITS;
    }
}
