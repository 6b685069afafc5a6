package veche.socket;

import jakarta.websocket.Extension;
import java.util.List;

/**
 * Agrees on permessage-deflate (RFC 7692) where the server can bound what it inflates: Tomcat by itself, Tyrus with
 * {@link TyrusDeflate}. Elsewhere it is declined even where the server has it: Undertow inflates without a bound.
 *
 * @param maxBytes the most that a message may have
 */
record Deflate(int maxBytes, Server server) {
    static final String NAME = "permessage-deflate";

    /** Whose implementation of WebSocket this is. */
    enum Server {
        /** The JDK's Deflater knows one window. */
        TOMCAT("org.apache.tomcat.websocket.WsSession", 15),
        /** It compresses nothing, so its window may be any. */
        TYRUS("org.glassfish.tyrus.core.TyrusSession", 8),
        OTHER("", 0);

        private final String session;
        private final int minWindowBits;

        Server(String session, int minWindowBits) {
            this.session = session;
            this.minWindowBits = minWindowBits;
        }

        static Server present() {
            return has(TYRUS) ? TYRUS : has(TOMCAT) ? TOMCAT : OTHER;
        }

        private static boolean has(Server server) {
            try {
                Class.forName(server.session, false, Deflate.class.getClassLoader());
                return true;
            } catch (ClassNotFoundException e) {
                return false;
            }
        }
    }

    Deflate(int maxBytes) {
        this(maxBytes, Server.present());
    }

    /** The first offer that is valid and can be honoured (RFC 7692 §5, §7.1): others are declined, and the next considered. */
    List<Extension> negotiate(List<Extension> installed, List<Extension> requested) {
        if (!available(installed)) {
            return List.of();
        }
        return requested.stream()
                .filter(extension -> NAME.equals(extension.getName()))
                .filter(offer -> DeflateOffer.acceptable(offer, server.minWindowBits))
                .findFirst()
                // Elsewhere TyrusDeflate cannot be linked, and is not needed.
                .map(offer -> List.of(server == Server.TYRUS ? new TyrusDeflate(offer, maxBytes) : offer))
                .orElse(List.of());
    }

    private boolean available(List<Extension> installed) {
        return switch (server) {
            case TOMCAT -> installed.stream().anyMatch(has -> NAME.equals(has.getName()));
            case TYRUS -> true;
            case OTHER -> false;
        };
    }
}
