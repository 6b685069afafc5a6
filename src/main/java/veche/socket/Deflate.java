package veche.socket;

import jakarta.websocket.Extension;
import java.util.List;

/**
 * Agrees on permessage-deflate (RFC 7692) where the server can bound what it inflates: Tomcat by itself, Tyrus with
 * {@link TyrusDeflate}.
 *
 * @param maxBytes the most that a message may have
 */
record Deflate(int maxBytes) {
    static final String NAME = "permessage-deflate";
    /** The server's window where it compresses nothing. */
    private static final int MIN_WINDOW_BITS = 8;
    /** The server's window where the container compresses: the JDK's Deflater knows no other. */
    private static final int MAX_WINDOW_BITS = 15;

    private static final boolean TYRUS = tyrus();

    /** The first offer that is valid and can be honoured (RFC 7692 §5, §7.1): others are declined, and the next considered. */
    List<Extension> negotiate(List<Extension> installed, List<Extension> requested) {
        boolean own = installed.stream().noneMatch(has -> NAME.equals(has.getName()));
        if (own && !TYRUS) {
            return List.of();
        }
        return requested.stream()
                .filter(extension -> NAME.equals(extension.getName()))
                .filter(offer -> DeflateOffer.acceptable(offer, own ? MIN_WINDOW_BITS : MAX_WINDOW_BITS))
                .findFirst()
                // Elsewhere TyrusDeflate cannot be linked, and is not needed.
                .map(offer -> List.of(own ? new TyrusDeflate(offer, maxBytes) : offer))
                .orElse(List.of());
    }

    private static boolean tyrus() {
        try {
            Class.forName("org.glassfish.tyrus.core.TyrusSession", false, Deflate.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
