package veche.socket;

import jakarta.websocket.Extension;
import java.util.List;
import java.util.Optional;

/**
 * Agrees on permessage-deflate (RFC 7692) where the server can bound what it inflates: Tomcat by itself, Tyrus with
 * {@link TyrusDeflate}.
 *
 * @param maxBytes the most that a message may have
 */
record Deflate(int maxBytes) {
    static final String NAME = "permessage-deflate";
    private static final boolean TYRUS = tyrus();

    List<Extension> negotiate(List<Extension> installed, List<Extension> requested) {
        return requested.stream()
                .filter(extension -> NAME.equals(extension.getName()))
                .findFirst()
                .flatMap(wanted -> extension(installed, wanted))
                .map(List::of)
                .orElse(List.of());
    }

    private Optional<Extension> extension(List<Extension> installed, Extension wanted) {
        if (installed.stream().anyMatch(has -> NAME.equals(has.getName()))) {
            return Optional.of(wanted);
        }
        // Elsewhere the class cannot be linked, and is not needed.
        return TYRUS ? Optional.of(new TyrusDeflate(wanted, maxBytes)) : Optional.empty();
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
