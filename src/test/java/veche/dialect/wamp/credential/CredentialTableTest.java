package veche.dialect.wamp.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import veche.dialect.wamp.auth.Credential;

class CredentialTableTest {
    private static final String KEY = "fedcba9876543210".repeat(4);
    private static final String ENTRY =
            "{\"name\": \"Ann\", \"roles\": [\"staff\"], \"cryptosign\": [\"" + KEY + "\"]}";

    private final Map<String, String> rows = new HashMap<>(Map.of("", "0123456789abcdef0123", "ann", ENTRY));
    private final CredentialTable table = new CredentialTable(this::read);
    private boolean unavailable;

    private CompletionStage<Map<String, String>> read() {
        return unavailable
                ? CompletableFuture.failedFuture(new IllegalStateException("unavailable"))
                : CompletableFuture.completedFuture(Map.copyOf(rows));
    }

    private Set<String> refresh() {
        return table.refresh().toCompletableFuture().join();
    }

    private Optional<Credential> find(String authid) {
        return table.find("cryptosign", "veche", authid).toCompletableFuture().join();
    }

    @Test
    void theTableIsEmptyUntilItIsRead() {
        assertTrue(find("ann").isEmpty());
    }

    @Test
    void aPrincipalIsFoundByAuthidAndByPublicKey() {
        assertEquals(Set.of(), refresh());
        Credential expected = new Credential(
                "ann", "Ann", List.of("staff"), Optional.empty(), "database", new Credential.Keys(Set.of(KEY)));
        assertEquals(Optional.of(expected), find("ann"));
        assertEquals(Optional.of(expected), find(KEY));
        assertTrue(find("").isEmpty());
        assertTrue(table.valid());
    }

    @Test
    void aRemovedPrincipalIsReported() {
        refresh();
        rows.remove("ann");
        assertEquals(Set.of("ann"), refresh());
        assertTrue(find("ann").isEmpty());
    }

    @Test
    void anInvalidEntryIsIgnoredAndTheOthersApply() {
        rows.put("bob", "{\"room\": []}");
        rows.put("eve", "nonsense");
        refresh();
        assertTrue(find("ann").isPresent());
        assertFalse(table.valid());
        rows.keySet().removeAll(Set.of("bob", "eve"));
        refresh();
        assertTrue(table.valid());
    }

    @Test
    void thePreviousEntriesApplyWhileTheTableIsUnavailableOrAmbiguous() {
        refresh();
        unavailable = true;
        assertThrows(CompletionException.class, this::refresh);
        assertTrue(find("ann").isPresent());
        unavailable = false;
        rows.put("eve", ENTRY);
        refresh();
        assertTrue(find("ann").isPresent());
        assertTrue(find("eve").isEmpty());
        assertFalse(table.valid());
    }
}
