package veche.dialect.wamp.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.GOODBYE;
import static veche.testing.MessageType.RESULT;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.TestClient;

class ClusterSessionsTest {
    private final MemoryCluster cluster = new MemoryCluster();
    private final MemoryCluster.Node here = cluster.start();
    private final MemoryCluster.Node there = cluster.start();
    private final TestClient administrator = here.realm.joinAs("wamp.2.json", "root", "admin");
    private final TestClient ann = there.realm.joinAs("wamp.2.json", "ann", "seller");
    private final TestClient bob = here.realm.joinAs("wamp.2.json", "bob", "buyer");

    /** Each node learns of the other one on a thread of its own. */
    @BeforeEach
    void awaitOthers() {
        await().until(() -> (Long) bob.call("wamp.session.count") == 3);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private static Set<?> set(Object list) {
        return ((List<?>) list).stream().collect(Collectors.toSet());
    }

    @Test
    void theSessionsOfAllNodesAreCountedAndListed() {
        assertEquals(3L, ann.call("wamp.session.count"));
        assertEquals(Set.of(administrator.session, ann.session, bob.session), set(bob.call("wamp.session.list")));
        assertEquals(List.of(ann.session), bob.call("wamp.session.list", List.of("seller")));
        assertEquals(1L, ann.call("wamp.session.count", List.of("buyer")));
    }

    @Test
    void theDetailsOfASessionAreFoundOnItsNode() {
        Map<?, ?> details = (Map<?, ?>) bob.call("wamp.session.get", ann.session);
        assertEquals("user:ann", details.get("authid"));
        bob.request(CALL, dict(), "wamp.session.get", List.of(1));
        assertEquals("wamp.error.no_such_session", bob.expectError());
    }

    @Test
    void aConfinedSessionSeesTheSessionsOfItsRoomsOnly() {
        TestClient confined = here.realm.joinConfined("eve", "lobby");
        assertEquals(List.of(confined.session), confined.call("wamp.session.list"));
        confined.request(CALL, dict(), "wamp.session.get", List.of(ann.session));
        assertEquals("wamp.error.no_such_session", confined.expectError());
        ann.subscribe("veche.room.lobby");
        assertEquals(Set.of(confined.session, ann.session), set(confined.call("wamp.session.list")));
        assertEquals(2L, confined.call("wamp.session.count"));
        assertEquals("user:ann", ((Map<?, ?>) confined.call("wamp.session.get", ann.session)).get("authid"));
    }

    @Test
    void anAdministratorKillsASessionOfAnotherNode() {
        administrator.request(
                CALL,
                dict(),
                "wamp.session.kill",
                List.of(ann.session),
                dict("reason", "com.shop.closed", "message", "The shop is closed"));
        List<Object> goodbye = ann.expect(GOODBYE);
        assertEquals("com.shop.closed", goodbye.get(2));
        assertEquals("The shop is closed", ((Map<?, ?>) goodbye.get(1)).get("message"));
        administrator.expect(RESULT);
        administrator.request(CALL, dict(), "wamp.session.kill", List.of(ann.session));
        assertEquals("wamp.error.no_such_session", administrator.expectError());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill_by_authid user:ann", "kill_by_authrole seller", "kill_all"})
    void severalSessionsAreKilledOnAllNodes(String request) {
        String[] words = request.split(" ");
        List<Object> args = words.length == 1 ? List.of() : List.of(words[1]);
        administrator.request(CALL, dict(), "wamp.session." + words[0], args);
        Object killed = ((List<?>) administrator.expect(RESULT).get(3)).get(0);
        Object expected = switch (words[0]) {
            case "kill_by_authid" -> List.of(ann.session);
            case "kill_by_authrole" -> 1L;
            default -> 2L;
        };
        assertEquals(expected, killed);
        ann.expect(GOODBYE);
    }

    @Test
    void onlyAdministratorsKillSessionsOfOtherNodes() {
        bob.request(CALL, dict(), "wamp.session.kill", List.of(ann.session));
        assertEquals("wamp.error.not_authorized", bob.expectError());
    }

    @Test
    void joiningAndLeavingIsPublishedOnAllNodes() {
        bob.subscribe("wamp.session.", "match", "prefix");
        TestClient late = there.realm.joinAs("wamp.2.json", "late");
        Map<?, ?> joined = (Map<?, ?>) ((List<?>) bob.expect(EVENT).get(4)).get(0);
        assertEquals(late.session, joined.get("session"));
        late.disconnect();
        assertEquals(
                List.of(late.session, "user:late", "user"), bob.expect(EVENT).get(4));
    }

    @Test
    void aConfinedSessionIsInformedOfSessionsOfItsRoomsOnly() {
        TestClient confined = here.realm.joinConfined("eve", "lobby");
        confined.subscribe("wamp.session.on_leave");
        TestClient outsider = there.realm.joinAs("wamp.2.json", "outsider");
        outsider.disconnect();
        TestClient insider = there.realm.joinAs("wamp.2.json", "insider");
        insider.subscribe("veche.room.lobby");
        insider.disconnect();
        assertEquals(
                List.of(insider.session, "user:insider", "user"),
                confined.expect(EVENT).get(4));
    }

    @Test
    void anAnswerThatANodeDoesNotSendIsIncomplete() {
        there.withhold();
        bob.request(CALL, dict(), "wamp.session.count");
        List<Object> result = bob.expect(RESULT);
        assertEquals(List.of(List.of(2L), Map.of("incomplete", true)), result.subList(3, 5));
    }

    @Test
    void aNodeThatIsLostEndsItsPart() {
        there.withhold();
        bob.request(CALL, dict(), "wamp.session.count");
        there.end();
        List<Object> result = bob.expect(RESULT);
        assertEquals(List.of(2L), result.get(3));
        assertTrue(result.get(4).toString().contains("incomplete"));
        assertEquals(2L, bob.call("wamp.session.count"));
    }
}
