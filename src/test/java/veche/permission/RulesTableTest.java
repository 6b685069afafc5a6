package veche.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.UriAction;
import veche.room.Author;
import veche.room.RoomName;
import veche.room.RoomStateStore.RuleRow;
import veche.room.User;
import veche.room.access.Privilege;

/** The rules of a table, alone and together with those of a file. */
class RulesTableTest {
    private static final User GUEST = User.guest(new Author("guest:x", "Gus"));

    private final List<RuleRow> rows = new ArrayList<>();
    private CompletionStage<List<RuleRow>> answer;
    private final RulesTable table =
            new RulesTable(() -> answer == null ? CompletableFuture.completedFuture(List.copyOf(rows)) : answer);

    private boolean refresh() {
        return table.refresh().toCompletableFuture().join();
    }

    private Set<Privilege> privileges() {
        return privileges(new RulePolicy(Optional.empty(), Optional.of(table)));
    }

    private static Set<Privilege> privileges(RulePolicy policy) {
        return policy.grant(GUEST, RoomName.LOBBY).toCompletableFuture().join().privileges();
    }

    @Test
    void changedRowsReplaceTheRules() {
        rows.add(new RuleRow("guest", "lobby", " read  write rank=5 "));
        assertTrue(refresh());
        assertEquals(Set.of(Privilege.READ, Privilege.WRITE), privileges());
        assertFalse(refresh());
        rows.add(new RuleRow("*", "lob*", "-write react"));
        rows.sort((one, other) -> other.subject().compareTo(one.subject()));
        assertTrue(refresh());
        assertEquals(Set.of(Privilege.READ, Privilege.REACT), privileges());
        rows.clear();
        assertTrue(refresh());
        assertEquals(Set.of(), privileges());
        assertTrue(table.current());
    }

    @Test
    void anInvalidRowLeavesThePreviousRulesInForceUntilItIsCorrected() {
        rows.add(new RuleRow("guest", "lobby", "read"));
        refresh();
        rows.set(0, new RuleRow("guest", "lobby", "reed"));
        assertFalse(refresh());
        assertFalse(table.current());
        assertEquals(Set.of(Privilege.READ), privileges());
        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, table::checkCurrent);
        assertEquals(
                "The table veche_rule is invalid: the rule of 'guest' for 'lobby': Unknown privilege 'reed'",
                failure.getMessage());
        rows.set(0, new RuleRow("guest", "lobby", "read history"));
        assertTrue(refresh());
        assertTrue(table.current());
    }

    @Test
    void whileTheTableCannotBeReadThePreviousRulesAreInForce() {
        rows.add(new RuleRow("guest", "lobby", "read"));
        refresh();
        answer = CompletableFuture.failedFuture(new IllegalStateException("no database"));
        assertThrows(CompletionException.class, this::refresh);
        assertFalse(table.current());
        assertEquals(Set.of(Privilege.READ), privileges());
        answer = null;
        assertFalse(refresh());
        assertTrue(table.current());
    }

    @Test
    void beforeTheTableIsReadEverythingIsDenied() {
        rows.add(new RuleRow("guest", "lobby", "read"));
        assertFalse(table.current());
        assertEquals(Set.of(), privileges());
    }

    @ParameterizedTest
    @CsvSource({"guest lobby, read, write", "guest, lobby read, write", "'', lobby, read", "guest, lobby, # read"})
    void aPartOfARuleIsNotSplit(String subject, String name, String terms) {
        rows.add(new RuleRow(subject, name, terms));
        refresh();
        assertFalse(table.current());
    }

    @Test
    void theRulesOfAFileAndATableApplyTogether(@TempDir Path folder) throws IOException {
        Path path = Files.writeString(
                folder.resolve("rules"), "guest lobby read write\nguest uri:com.shop.* call\n* lobby -history\n");
        RulesFile file = new RulesFile(path);
        RulePolicy policy = new RulePolicy(Optional.of(file), Optional.of(table));
        assertFalse(policy.refreshFile());
        assertEquals(Set.of(Privilege.READ, Privilege.WRITE), privileges(policy));
        rows.add(new RuleRow("*", "*", "react history -write"));
        rows.add(new RuleRow("guest", "uri:com.shop.pay", "-call"));
        assertTrue(policy.refreshTable().toCompletableFuture().join());
        assertEquals(Set.of(Privilege.READ, Privilege.REACT), privileges(policy));
        assertTrue(calls(policy, "com.shop.list"));
        assertFalse(calls(policy, "com.shop.pay"));
        Files.writeString(path, "guest lobby read members\n");
        assertTrue(policy.refreshFile());
        assertEquals(Set.of(Privilege.READ, Privilege.MEMBERS, Privilege.REACT, Privilege.HISTORY), privileges(policy));
    }

    private static boolean calls(RulePolicy policy, String uri) {
        return policy.grant(GUEST, UriAction.CALL, uri, Match.EXACT)
                .toCompletableFuture()
                .join()
                .permitted();
    }
}
