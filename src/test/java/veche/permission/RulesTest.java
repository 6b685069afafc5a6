package veche.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.UriAction;
import veche.room.Author;
import veche.room.RoomName;
import veche.room.User;
import veche.room.access.Grant;
import veche.room.access.MessageRate;
import veche.room.access.Privilege;

/** The decisions of rules. */
class RulesTest {
    private static final User GUEST = User.guest(new Author("guest:x", "Gus"));
    private static final User ANN = user("ann");
    private static final User TEACHER = user("tom", "teacher");

    private static User user(String subject, String... roles) {
        return new User(
                new Author("user:" + subject, subject),
                List.of(roles),
                Optional.empty(),
                Optional.empty(),
                User.Provider.CONTAINER);
    }

    private static Rules rules(String... lines) {
        return RuleParser.parse(List.of(lines));
    }

    private static Set<Privilege> privileges(Rules rules, User user, String room) {
        return rules.grant(user, new RoomName(room))
                .toCompletableFuture()
                .join()
                .privileges();
    }

    private static boolean permits(Rules rules, User user, UriAction action, String uri) {
        return rules.permits(user, action, uri, Match.EXACT);
    }

    @Test
    void whatNoRuleGrantsIsDenied() {
        Rules rules = rules("user lobby read write");
        assertEquals(Set.of(Privilege.READ, Privilege.WRITE), privileges(rules, ANN, "lobby"));
        assertEquals(Set.of(), privileges(rules, ANN, "lobby-2"));
        assertEquals(Set.of(), privileges(rules, GUEST, "lobby"));
    }

    @Test
    void aDenialTakesPrecedenceInAnyOrder() {
        List<String> lines = new ArrayList<>(List.of("* * member", "guest * -write -attach", "* staff -read"));
        Rules rules = RuleParser.parse(lines);
        Collections.reverse(lines);
        for (Rules each : List.of(rules, RuleParser.parse(lines))) {
            assertFalse(privileges(each, GUEST, "hall").contains(Privilege.WRITE));
            assertTrue(privileges(each, ANN, "hall").containsAll(Privilege.MEMBERSHIP));
            assertFalse(privileges(each, ANN, "staff").contains(Privilege.READ));
        }
    }

    @Test
    void rolesAndAuthorsAreSubjects() {
        Rules rules = rules("role:teacher class-* moderate", "user:ann class-1 read", "* class-1 history");
        assertEquals(Set.of(Privilege.READ, Privilege.HISTORY), privileges(rules, ANN, "class-1"));
        EnumSet<Privilege> expected = EnumSet.copyOf(Privilege.MODERATION);
        expected.add(Privilege.HISTORY);
        assertEquals(expected, privileges(rules, TEACHER, "class-1"));
    }

    private static Grant grant(Rules rules, User user) {
        return rules.grant(user, new RoomName("class-1")).toCompletableFuture().join();
    }

    @Test
    void theHighestRankAndTheMostGenerousRateApply() {
        Rules rules = rules(
                "* * member rate=60/m burst 5",
                "user class-* rate=1/s burst 9 -attach",
                "role:teacher class-* moderate rank=50 rate=30/m burst 500",
                "role:head class-* rank=60",
                "role:bot * rate=off");
        assertEquals(
                Optional.of(new MessageRate(1, Duration.ofSeconds(1), 9)),
                grant(rules, user("x", "head")).rate());
        assertEquals(60, grant(rules, user("x", "teacher", "head")).rank());
        assertEquals(50, grant(rules, TEACHER).rank());
        assertEquals(0, grant(rules, ANN).rank());
        assertEquals(
                Optional.of(new MessageRate(60, Duration.ofMinutes(1), 5)),
                grant(rules, GUEST).rate());
        assertEquals(
                Optional.of(MessageRate.UNLIMITED),
                grant(rules, user("x", "bot", "teacher")).rate());
        assertEquals(Optional.empty(), grant(rules("* * member rank=0"), ANN).rate());
    }

    @Test
    void aRateIsWrittenAsInRules() {
        for (String rate : List.of("5/s", "5/m burst 20", "3/h", "1000/d burst 1", "off")) {
            assertEquals(
                    rate,
                    grant(rules("* * read rate=" + rate), ANN)
                            .rate()
                            .orElseThrow()
                            .toString());
        }
    }

    @Test
    void theSubjectOfATokenNamesARoom() {
        Rules rules = rules("user inbox-{sub} member", "guest inbox-{sub} member");
        assertTrue(privileges(rules, ANN, "inbox-ann").contains(Privilege.READ));
        assertEquals(Set.of(), privileges(rules, ANN, "inbox-tom"));
        assertEquals(Set.of(), privileges(rules, GUEST, "inbox-x"));
    }

    @Test
    void roomsWithAPrefixMayBeSubscribedToIfAnyOfThemMayBeRead() {
        Rules rules = rules("user class-* read", "user lobby read", "user class-x* -read");
        assertTrue(rules.mayReadAny(ANN, "cl"));
        assertTrue(rules.mayReadAny(ANN, "class-1"));
        assertTrue(rules.mayReadAny(ANN, "lob"));
        assertFalse(rules.mayReadAny(ANN, "class-x1"));
        assertFalse(rules.mayReadAny(ANN, "staff"));
        assertFalse(rules.mayReadAny(GUEST, ""));
    }

    @Test
    void withoutRulesForUrisAllArePermitted() {
        assertTrue(permits(rules("* * member"), GUEST, UriAction.REGISTER, "com.shop.pay"));
    }

    @Test
    void urisArePermittedByAction() {
        Rules rules =
                rules("role:teacher uri:com.shop.* register", "* uri:com.shop.* call", "guest uri:com.shop.pay -all");
        assertTrue(permits(rules, TEACHER, UriAction.REGISTER, "com.shop.pay"));
        assertFalse(permits(rules, ANN, UriAction.REGISTER, "com.shop.pay"));
        assertTrue(permits(rules, ANN, UriAction.CALL, "com.shop.pay"));
        assertFalse(permits(rules, GUEST, UriAction.CALL, "com.shop.pay"));
        assertTrue(permits(rules, GUEST, UriAction.CALL, "com.shop.list"));
        assertFalse(permits(rules, ANN, UriAction.CALL, "com.shops"));
    }

    @ParameterizedTest
    @CsvSource({
        "PREFIX, com.shop., true",
        "PREFIX, com.shop.open, true",
        "PREFIX, com., false",
        "PREFIX, com.shop.secret.a, false",
        "PREFIX, com.shop.se, false",
        "WILDCARD, com.shop.open.., true",
        "WILDCARD, com..shop, false",
        "WILDCARD, .shop, false",
        "WILDCARD, com.shop..pay, false",
    })
    void aPatternIsPermittedIfAllItsUrisAre(Match match, String pattern, boolean permitted) {
        Rules rules = rules("* uri:com.shop.* subscribe", "* uri:com.shop.secret.* -subscribe");
        boolean actual = rules.permits(ANN, UriAction.SUBSCRIBE, pattern, match);
        // A prefix or wildcard that reaches the denied URIs is not permitted as a whole.
        assertEquals(permitted && !pattern.equals("com.shop."), actual);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* lobby | line 2: expected a subject",
                "* lobby fly | line 2: Unknown privilege 'fly'",
                "* lobby write -wrote | line 2: Unknown privilege 'wrote'",
                "anyone lobby read | line 2: 'anyone' is not a subject",
                "role: lobby read | line 2: 'role:' is not a subject",
                "* lob*by read | line 2: 'lob*by': an asterisk is allowed only at the end",
                "* Lobby read | line 2: 'Lobby' is not the name of a room",
                "* uri:com.shop jump | line 2: Unknown action 'jump'",
                "* lobby rank=100 | line 2: rank must be from 0 to 99",
                "* lobby rank=-1 | line 2: rank must be from 0 to 99",
                "* lobby rank=x | line 2: rank must be from 0 to 99",
                "* lobby rate=5 | line 2: Not a rate such as 20/s",
                "* lobby rate=0/s | line 2: A rate and its burst must be at least 1",
                "* lobby rate=5/s burst | line 2: 'burst' must follow a rate and precede a number",
                "* lobby burst 5 | line 2: 'burst' must follow a rate and precede a number",
                "* lobby rate=off burst 5 | line 2: Not a rate such as 20/s",
                "* uri:com.shop call rank=5 | line 2: Unknown action 'rank=5'",
                "* uri:com.shop call rate=5/s | line 2: Unknown action 'rate=5/s'",
            })
    void anInvalidRuleIsReportedWithItsLine(String rule, String message) {
        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, () -> rules("# rules", rule));
        assertTrue(failure.getMessage().startsWith(message), failure::getMessage);
    }

    @Test
    void aFileWithoutRulesIsInvalid() {
        assertThrows(IllegalArgumentException.class, () -> rules("# none", ""));
    }

    @Test
    void theExampleInTheDocumentationIsValid() throws IOException {
        String text = Files.readString(Path.of("src/docs/permissions.md"));
        String example = text.split("```")[1];
        Rules rules = RuleParser.parse(example.lines().toList());
        assertEquals(7, rules.rooms().size());
        assertEquals(3, rules.uris().size());
        assertFalse(permits(rules, GUEST, UriAction.CALL, "com.shop.admin.stop"));
    }
}
