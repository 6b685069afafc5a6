package veche.dialect.wamp.credential;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.auth.Credential;
import veche.dialect.wamp.auth.Credentials;
import veche.dialect.wamp.auth.Decoys;
import veche.file.ReloadedFile;

/**
 * A credential store in a JSON file ({@code veche.wamp.credentials}), for every realm. Look-ups use memory only;
 * {@link #refresh} reads a changed file. Thread-safe.
 */
public final class CredentialFile implements Credentials {
    private static final String PROVIDER = "file";

    private final ReloadedFile<Principals> file;

    /** @throws IllegalArgumentException if the file is unreadable or invalid */
    public CredentialFile(Path path) {
        file = new ReloadedFile<>(path, CredentialReader::read);
    }

    @Override
    public CompletionStage<Optional<Credential>> find(String method, String realm, String authid) {
        return CompletableFuture.completedFuture(
                file.contents().find(method, authid).flatMap(principal -> principal.credential(method, PROVIDER)));
    }

    @Override
    public Decoys decoys() {
        return file.contents().decoys();
    }

    /**
     * Reads the file if it has changed; blocks. The previous entries apply while it is missing or invalid.
     *
     * @return the principals that no longer exist, or whose roles, rooms or secrets have been changed or removed
     */
    public Set<String> refresh() {
        Principals before = file.contents();
        file.refresh();
        return before.withdrawnBy(file.contents());
    }

    /** Whether the entries are those of the file. */
    public boolean current() {
        return file.current();
    }
}
