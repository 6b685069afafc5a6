package veche.dialect.wamp.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.hasType;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.REGISTER;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.UNSUBSCRIBE;
import static veche.testing.MessageType.UNSUBSCRIBED;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;

/** The meta API and the meta events for a session whose token admits to the lobby only. */
class ConfinedMetaTest {
    private static final String SECRET = "veche.room.secret";

    private final TestRealm realm = new TestRealm();
    private final TestClient confined = realm.joinConfined("ann", "lobby");
    private final TestClient member = realm.join();

    @AfterEach
    void close() {
        realm.close();
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    @Test
    void subscriptionsOfOtherRoomsAreHidden() {
        long secret = member.subscribe(SECRET);
        long typing = member.subscribe(SECRET + ".typing");
        long lobby = member.subscribe("veche.room.lobby");
        long other = member.subscribe("a.b");
        assertEquals(List.of(secret, typing, lobby, other), sorted(member, "exact"));
        assertEquals(List.of(lobby, other), sorted(confined, "exact"));
        assertNull(confined.call("wamp.subscription.lookup", SECRET));
        assertNull(confined.call("wamp.subscription.match", SECRET));
        assertEquals(lobby, confined.call("wamp.subscription.lookup", "veche.room.lobby"));
        assertEquals(1L, confined.call("wamp.subscription.count_subscribers", lobby));
        assertEquals(1L, member.call("wamp.subscription.count_subscribers", secret));
    }

    private static List<?> sorted(TestClient client, String match) {
        return ((List<?>) map(client.call("wamp.subscription.list")).get(match))
                .stream().sorted().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "list_subscribers", "count_subscribers", "get_events"})
    void aSubscriptionOfAnotherRoomIsNotFoundByItsId(String procedure) {
        long secret = member.subscribe(SECRET);
        confined.request(CALL, dict(), "wamp.subscription." + procedure, List.of(secret));
        assertEquals("wamp.error.no_such_subscription", confined.expectError());
    }

    @ParameterizedTest
    @CsvSource({
        "veche.room.secret, prefix", "veche.room.secr, prefix", "veche.room.secret., prefix",
        "veche.room.secret.typ, prefix", "veche..secret, wildcard", "veche.room.secret., wildcard"
    })
    void aPatternThatNamesAnotherRoomIsNeitherSharedNorListed(String pattern, String match) {
        long subscription = member.subscribe(pattern, "match", match);
        assertEquals(List.of(subscription), sorted(member, match));
        assertEquals(List.of(), sorted(confined, match));
        confined.request(SUBSCRIBE, dict("match", match), pattern);
        assertEquals("wamp.error.not_authorized", confined.expectError());
    }

    @ParameterizedTest
    @ValueSource(strings = {".room.secret", "..secret", ".room.secret."})
    void aPatternThatMayMatchAnotherRoomIsNotListedAndDeliversNoEventOfIt(String pattern) {
        member.subscribe(pattern, "match", "wildcard");
        assertEquals(List.of(), sorted(confined, "wildcard"));
        confined.subscribe(pattern, "match", "wildcard");
        TestClient third = realm.join();
        third.call("veche.join", "secret");
        third.call("veche.send", "secret", "hidden");
        member.expect(EVENT);
        confined.expectNothing();
    }

    @ParameterizedTest
    @CsvSource({
        "veche., prefix", "veche.room., prefix", "veche.room.lob, prefix", "veche.room.lobby., prefix",
        "veche..lobby, wildcard", "veche.room., wildcard", "veche.room..typing, wildcard", "veche.room.A., prefix"
    })
    void aPatternThatNamesNoOtherRoomIsShared(String pattern, String match) {
        long subscription = member.subscribe(pattern, "match", match);
        assertEquals(List.of(subscription), sorted(confined, match));
        assertEquals(subscription, confined.subscribe(pattern, "match", match));
    }

    @ParameterizedTest
    @CsvSource({
        "wamp.subscription.on_create, exact",
        "wamp.subscription.on_subscribe, exact",
        "wamp.subscription.on_unsubscribe, exact",
        "wamp.subscription.on_delete, exact",
        "wamp.subscription., prefix",
        "w, prefix",
        ".subscription., wildcard",
        "..on_delete, wildcard"
    })
    void metaEventsOfARoomReachOnlySessionsAdmittedToIt(String pattern, String match) {
        member.subscribe(pattern, "match", match);
        confined.subscribe(pattern, "match", match);
        drain(confined);
        drain(member);
        TestClient third = realm.join();
        drain(confined);
        drain(member);
        long secret = third.subscribe(SECRET);
        third.request(UNSUBSCRIBE, secret);
        third.expect(UNSUBSCRIBED);
        confined.expectNothing();
        member.expect(EVENT);
        third.subscribe("veche.room.lobby");
        third.disconnect();
        confined.expect(EVENT);
    }

    /** Reads every message that has arrived. */
    private static void drain(TestClient client) {
        long call = client.request(CALL, dict(), "wamp.nothing.like.it");
        List<Object> next = client.next();
        while (!(hasType(next, ERROR) && next.get(2).equals(call))) {
            next = client.next();
        }
    }

    @Test
    void sessionsAreListedWhileTheyShareARoom() {
        member.subscribe(SECRET);
        assertEquals(List.of(confined.session), confined.call("wamp.session.list"));
        assertEquals(1L, confined.call("wamp.session.count"));
        assertEquals(2L, member.call("wamp.session.count"));
        confined.request(CALL, dict(), "wamp.session.get", List.of(member.session));
        assertEquals("wamp.error.no_such_session", confined.expectError());
        assertEquals(
                "user:ann",
                map(confined.call("wamp.session.get", confined.session)).get("authid"));
        long lobby = member.subscribe("veche.room.lobby");
        assertEquals(2L, confined.call("wamp.session.count"));
        assertEquals(
                "guest:1",
                map(confined.call("wamp.session.get", member.session)).get("authid"));
        member.request(UNSUBSCRIBE, lobby);
        member.expect(UNSUBSCRIBED);
        assertEquals(1L, confined.call("wamp.session.count"));
        member.call("veche.join", "lobby");
        assertEquals(2L, confined.call("wamp.session.count"));
    }

    @ParameterizedTest
    @CsvSource({"wamp.session.on_leave, exact", "wamp.session., prefix", "..on_leave, wildcard", "w, prefix"})
    void onLeaveReachesSessionsThatShareARoom(String pattern, String match) {
        confined.subscribe(pattern, "match", match);
        TestClient outsider = realm.join();
        TestClient follower = realm.join();
        follower.subscribe("veche.room.lobby");
        drain(confined);
        outsider.subscribe(SECRET);
        outsider.disconnect();
        confined.expectNothing();
        follower.disconnect();
        List<Object> event = confined.expect(EVENT);
        while (!List.of(follower.session, "guest:3", "anonymous").equals(event.get(4))) {
            event = confined.expect(EVENT);
        }
    }

    @Test
    void onJoinDoesNotReachConfinedSessions() {
        confined.subscribe("wamp.session.on_join");
        member.subscribe("wamp.session.on_join");
        realm.join();
        confined.expectNothing();
        member.expect(EVENT);
    }

    @Test
    void aTokenWithoutRoomsMaySubscribeToPatterns() {
        TestClient nowhere = realm.joinConfined("bob");
        long subscription = nowhere.subscribe("veche.room.", "match", "prefix");
        assertEquals(List.of(subscription), sorted(nowhere, "prefix"));
        member.call("veche.send", "lobby", "hidden");
        nowhere.expectNothing();
    }

    @Test
    void registrationsCannotNameRooms() {
        member.request(REGISTER, dict(), "veche.room.secret");
        assertEquals("wamp.error.not_authorized", member.expectError());
        member.request(REGISTER, dict("match", "prefix"), "veche.room.secret");
        assertEquals("wamp.error.not_authorized", member.expectError());
        long own = member.register("a.p");
        assertEquals(own, confined.call("wamp.registration.lookup", "a.p"));
    }
}
