package veche.socket;

import jakarta.websocket.Extension;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/** Whether permessage-deflate (RFC 7692) is agreed on, where the server can. */
final class Deflate {
    private static final System.Logger LOG = System.getLogger(Deflate.class.getName());
    private static final String NAME = "permessage-deflate";
    private static final boolean TYRUS = tyrus();

    private Deflate() {}

    static List<Extension> negotiate(List<Extension> installed, List<Extension> requested) {
        boolean wanted = requested.stream().anyMatch(extension -> NAME.equals(extension.getName()));
        if (!wanted) {
            return List.of();
        }
        Optional<Extension> builtIn = requested.stream()
                .filter(extension -> NAME.equals(extension.getName()))
                .filter(extension -> installed.stream().anyMatch(has -> NAME.equals(has.getName())))
                .findFirst();
        return builtIn.or(Deflate::ofTyrus).map(List::of).orElse(List.of());
    }

    /** Tyrus has the extension in a jar that Payara leaves out; elsewhere the class cannot be linked, and is not needed. */
    private static Optional<Extension> ofTyrus() {
        if (!TYRUS) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    (Extension) Class.forName("org.glassfish.tyrus.ext.extension.deflate.PerMessageDeflateExtension")
                            .getConstructor()
                            .newInstance());
        } catch (ReflectiveOperationException | LinkageError e) {
            LOG.log(Level.WARNING, "permessage-deflate cannot be had on this server", e);
            return Optional.empty();
        }
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
