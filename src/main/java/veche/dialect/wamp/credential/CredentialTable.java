package veche.dialect.wamp.credential;

import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import veche.dialect.wamp.auth.Credential;
import veche.dialect.wamp.auth.Credentials;
import veche.dialect.wamp.auth.Decoys;

/**
 * A credential store in the table {@code veche_credential}, shared by all nodes and written by the application.
 * Look-ups use memory only; {@link #refresh} reads the table. Thread-safe and non-blocking.
 */
public final class CredentialTable implements Credentials {
    private static final System.Logger LOG = System.getLogger(CredentialTable.class.getName());
    private static final String PROVIDER = "database";
    private static final String DECOY_KEY = "";
    /** The key where the table has none. */
    private static final byte[] RANDOM_KEY = new SecureRandom().generateSeed(16);

    private final Supplier<CompletionStage<Map<String, String>>> reader;
    private volatile Loaded loaded = new Loaded(Map.of(), new Principals(List.of(), RANDOM_KEY), true);

    /** @param valid whether every entry is */
    private record Loaded(Map<String, String> rows, Principals principals, boolean valid) {}

    /** @param reader reads the rows: entries by authid; the empty authid stands for the key of the decoys */
    public CredentialTable(Supplier<CompletionStage<Map<String, String>>> reader) {
        this.reader = reader;
    }

    @Override
    public CompletionStage<Optional<Credential>> find(String method, String realm, String authid) {
        return CompletableFuture.completedFuture(
                loaded.principals().find(method, authid).flatMap(principal -> principal.credential(method, PROVIDER)));
    }

    @Override
    public Decoys decoys() {
        return loaded.principals().decoys();
    }

    /**
     * Reads the table. While that fails, the previous entries apply; an invalid entry is logged and ignored.
     *
     * @return the principals that no longer exist, or whose roles, rooms or secrets have been changed or removed
     */
    public CompletionStage<Set<String>> refresh() {
        return reader.get().thenApply(this::replace);
    }

    private synchronized Set<String> replace(Map<String, String> rows) {
        Loaded before = loaded;
        if (!rows.equals(before.rows())) {
            loaded = load(rows, before.principals());
        }
        return before.principals().withdrawnBy(loaded.principals());
    }

    private static Loaded load(Map<String, String> rows, Principals before) {
        List<Principal> principals = new ArrayList<>();
        boolean valid = true;
        for (Map.Entry<String, String> row : rows.entrySet()) {
            if (row.getKey().equals(DECOY_KEY)) {
                continue;
            }
            try {
                principals.add(CredentialReader.entry(row.getKey(), row.getValue()));
            } catch (IllegalArgumentException e) {
                valid = false;
                LOG.log(Level.WARNING, "Ignored an entry of veche_credential: {0}", e.getMessage());
            }
        }
        String key = rows.get(DECOY_KEY);
        try {
            byte[] decoyKey = key == null ? RANDOM_KEY : key.getBytes(StandardCharsets.UTF_8);
            return new Loaded(rows, new Principals(principals, decoyKey), valid);
        } catch (IllegalArgumentException e) {
            LOG.log(Level.WARNING, "The previous entries of veche_credential still apply: {0}", e.getMessage());
            return new Loaded(rows, before, false);
        }
    }

    /** Whether every entry of the table is valid. */
    public boolean valid() {
        return loaded.valid();
    }
}
