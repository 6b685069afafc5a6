package veche.socket.container;

import jakarta.websocket.Extension;
import java.util.List;

/**
 * Agrees on permessage-deflate (RFC 7692) where the server can bound what it inflates: Tomcat by itself, Tyrus with
 * {@link TyrusDeflate}. Elsewhere it is declined even where the server has it: Undertow inflates without a bound.
 *
 * @param maxBytes the most that a message may have
 */
public record DeflateNegotiation(int maxBytes, Container container) {
    static final String NAME = "permessage-deflate";

    /** The window of Tomcat's compressor: the JDK's Deflater knows no other. */
    private static final int TOMCAT_WINDOW_BITS = 15;
    /** Of a server that compresses nothing. */
    private static final int ANY_WINDOW_BITS = 8;

    public DeflateNegotiation(int maxBytes) {
        this(maxBytes, Container.present());
    }

    /** The first offer that is valid and can be honoured (RFC 7692 §5, §7.1): others are declined, and the next considered. */
    public List<Extension> negotiate(List<Extension> installed, List<Extension> requested) {
        if (!available(installed)) {
            return List.of();
        }
        return requested.stream()
                .filter(extension -> NAME.equals(extension.getName()))
                .filter(offer -> DeflateOffer.acceptable(offer, minWindowBits()))
                .findFirst()
                // Elsewhere TyrusDeflate cannot be linked, and is not needed.
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
