package veche.dialect.wamp.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.TestClient.allRoles;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.GOODBYE;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.RESULT;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;
import veche.room.RoomName;

/** Bans of address ranges, and the rank and address of the moderator. */
class AddressBanTest extends ModerationFixture {
    private TestClient from(String address, String name, String... roles) {
        TestClient client = realm.connectFrom(address, TestRealm.user(name, roles));
        client.hello();
        return client;
    }

    private Object call(String procedure, Object... kwargs) {
        moderator.request(CALL, dict(), procedure, List.of(), dict(kwargs));
        return ((List<?>) moderator.expect(RESULT).get(3)).get(0);
    }

    @Test
    void clientsFromABannedRangeAreDisconnectedAndRejectedUntilTheBanIsLifted() {
        TestClient inside = from("192.0.2.200", "inside");
        TestClient outside = from("192.0.3.1", "outside");
        Map<?, ?> ban = map(call("veche.ban", "address", "192.0.2.7/24", "reason", "Bots", "seconds", 60L));
        assertEquals("192.0.2.0/24", ban.get("address"));
        assertNull(ban.get("author"));
        String reason = (String) map(inside.expect(GOODBYE).get(1)).get("message");
        assertTrue(reason.matches("Banned until 20.*Z: Bots"), reason);
        outside.expectNothing();
        TestClient again = realm.connectFrom("192.0.2.1", TestRealm.user("ann"));
        again.sendMessage(HELLO, "veche", dict("roles", allRoles()));
        List<Object> abort = again.expect(ABORT);
        assertEquals(DENIED, abort.get(2));
        assertNull(map(map(abort.get(1)).get("sanction")).get("address"));
        assertEquals(1, ((List<?>) moderator.call("veche.sanctions")).size());
        call("veche.unban", "address", "192.0.2.0/24");
        from("192.0.2.1", "ann").expectNothing();
    }

    @Test
    void aUserOfAHigherRoleIsExemptFromABanOfAddresses() {
        TestClient admin = from("192.0.2.200", "boss", "admin");
        TestClient equal = from("192.0.2.201", "other", "moderator");
        call("veche.ban", "address", "192.0.2.0/24");
        assertClosed(equal, "Banned");
        admin.expectNothing();
        from("192.0.2.202", "chief", "admin").expectNothing();
    }

    @Test
    void aModeratorCannotBanItsOwnAddress() {
        assertEquals("wamp.error.invalid_argument", expectError(moderator, "veche.ban", "address", "127.0.0.0/8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "192.0.2.0/33", "192.0.2"})
    void anInvalidRangeIsRejected(String range) {
        assertEquals("wamp.error.invalid_argument", expectError(moderator, "veche.ban", "address", range));
    }

    @Test
    void addressesAreBannedFromAllRoomsOnlyAndByUnconfinedModerators() {
        assertEquals(
                "wamp.error.invalid_argument",
                expectError(moderator, "veche.ban", "address", "192.0.2.1", "room", "hall"));
        assertEquals(
                "wamp.error.invalid_argument",
                expectError(moderator, "veche.ban", "address", "192.0.2.1", "author", "user:ann"));
        assertEquals("wamp.error.invalid_argument", expectError(moderator, "veche.mute", "address", "192.0.2.1"));
        TestClient warden = realm.joinConfined("warden", List.of("moderator"), Set.of(new RoomName("hall")));
        assertEquals(DENIED, expectError(warden, "veche.ban", "address", "192.0.2.1"));
        assertEquals(DENIED, expectError(ann, "veche.ban", "address", "192.0.2.1"));
    }

    @Test
    void theAuditContainsTheModeratorsAddress() {
        from("2001:db8::7", "chief", "admin").call("veche.mute", "user:ann", "hall");
        assertEquals(
                "2001:db8::7",
                map(((List<?>) moderator.call("veche.audit")).get(0)).get("moderator_address"));
        TestClient warden = realm.joinConfined("warden", List.of("moderator"), Set.of(new RoomName("hall")));
        assertNull(map(((List<?>) warden.call("veche.audit")).get(0)).get("moderator_address"));
    }

    @Test
    void anAdministratorThatHasLeftCannotBeBannedByAModerator() {
        TestClient admin = realm.joinAs("wamp.2.json", "boss", "admin");
        admin.disconnect();
        assertEquals(DENIED, expectError(moderator, "veche.ban", "author", "user:boss"));
    }

    @Test
    void aModeratorLiftsNoSanctionOfAHigherRank() {
        TestClient admin = realm.joinAs("wamp.2.json", "boss", "admin");
        admin.call("veche.mute", "user:ann");
        assertEquals(DENIED, expectError(moderator, "veche.unmute", "author", "user:ann"));
        assertEquals(DENIED, expectError(moderator, "veche.mute", "author", "user:ann", "seconds", 1L));
        admin.call("veche.unmute", "user:ann");
        moderator.call("veche.mute", "user:ann");
        admin.call("veche.unmute", "user:ann");
        ann.call("veche.send", "hall", "x");
    }
}
