package veche.dialect.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.room.Author;
import veche.room.RefusedException;
import veche.room.User;
import veche.room.access.Capabilities;
import veche.room.access.NameRange;
import veche.room.access.Privilege;

/** The operations of moderators. */
class ModerationOperationsTest {
    private static User anna(String jti) {
        return new User(
                new Author("user:anna", "anna"),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                User.Provider.TOKEN,
                Optional.of(new User.TokenId(Optional.of(jti), Optional.of(Instant.parse("2021-01-01T00:00:00Z")))));
    }

    private boolean isRevoked(User user) {
        try {
            server.rooms.revocations().check(user);
            return false;
        } catch (RefusedException revoked) {
            return true;
        }
    }

    private final SoapFixture server = new SoapFixture();
    private final SoapFixture.Member anna = server.member("anna");
    private final SoapFixture.Member boss = server.member(new User(
            new Author("user:boss", "Boss"),
            List.of("admin"),
            Optional.empty(),
            Optional.empty(),
            User.Provider.TOKEN));

    private static String entry(ReceivedEnvelope response, String operation, String element) {
        return response.text("//c:" + operation + "Response/c:action/c:" + element);
    }

    @ParameterizedTest
    @CsvSource({
        "Kick, <author>user:boss</author>",
        "Ban, <author>user:boss</author>",
        "Unban, <author>user:boss</author>",
        "Mute, <author>user:boss</author>",
        "Unmute, <author>user:boss</author>",
        "SetSlowMode, <room>tea</room><interval>5</interval>",
        "SetReadOnly, <room>tea</room>",
        "CloseRoom, <room>tea</room>",
        "OpenRoom, <room>tea</room>",
        "Sanctions, ''",
        "Audit, ''",
        "Revoke, <author>user:boss</author>",
        "Erase, <author>user:boss</author>",
        "Hold, <author>user:boss</author>",
        "Release, <author>user:boss</author>"
    })
    void onlyModeratorsMayUseThem(String operation, String content) {
        assertEquals("Sender/c:NotAllowed", anna.request(operation, content).codes());
    }

    @Test
    void aMuteIsEffectiveListedAuditedAndLifted() {
        ReceivedEnvelope muted = boss.request(
                "Mute", "<author>user:anna</author><room>tea</room><seconds>60</seconds><reason>caps</reason>");
        assertEquals("urn:veche:chat:1/MuteResponse", muted.action());
        assertEquals("mute", entry(muted, "Mute", "kind"));
        assertEquals("user:anna", entry(muted, "Mute", "author"));
        assertEquals("tea", entry(muted, "Mute", "room"));
        assertEquals("Boss", entry(muted, "Mute", "moderator/c:name"));
        assertTrue(Instant.parse(entry(muted, "Mute", "until")).isAfter(Instant.now()));
        assertEquals("Sender/c:Muted", anna.request(Envelopes.send("tea", "hi")).codes());
        assertEquals("caps", entry(boss.request("Sanctions", ""), "Sanctions", "reason"));
        boss.request("Unmute", "<author>user:anna</author><room>tea</room>");
        assertEquals("", boss.request("Sanctions", "").text("//c:SanctionsResponse"));
        ReceivedEnvelope audit = boss.request("Audit", "<limit>1</limit>");
        assertEquals("unmute", entry(audit, "Audit", "kind"));
        assertEquals("127.0.0.1", entry(audit, "Audit", "moderatorAddress"));
        String newest = entry(audit, "Audit", "number");
        assertEquals("mute", entry(boss.request("Audit", "<before>" + newest + "</before>"), "Audit", "kind"));
    }

    @Test
    void aModeratorOfARoomActsThereOnly() {
        SoapFixture.Member tom = server.member(new User(
                new Author("user:tom", "Tom"),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                User.Provider.TOKEN,
                Optional.empty(),
                Optional.of(new Capabilities(List.of(new Capabilities.Entry(
                        List.of(NameRange.of("tea")), Set.of(Privilege.READ, Privilege.MUTE, Privilege.AUDIT)))))));
        String mute = "<author>user:anna</author><room>tea</room>";
        assertEquals("tea", entry(tom.request("Mute", mute), "Mute", "room"));
        assertEquals("mute", entry(tom.request("Sanctions", "<room>tea</room>"), "Sanctions", "kind"));
        ReceivedEnvelope audit = tom.request("Audit", "<limit>1</limit><room>tea</room>");
        assertEquals("mute", entry(audit, "Audit", "kind"));
        assertEquals("", entry(audit, "Audit", "moderatorAddress"));
        for (String elsewhere : List.of("", "<room>hall</room>")) {
            assertEquals(
                    "Sender/c:NotAllowed", tom.request("Sanctions", elsewhere).codes());
            assertEquals("Sender/c:NotAllowed", tom.request("Audit", elsewhere).codes());
            assertEquals(
                    "Sender/c:NotAllowed",
                    tom.request("Mute", "<author>user:anna</author>" + elsewhere)
                            .codes());
        }
        assertEquals("Sender/c:NotAllowed", tom.request("Kick", mute).codes());
    }

    @Test
    void aBanAppliesToAnAuthorOrToAddresses() {
        boss.request("Ban", "<author>user:anna</author><room>tea</room>");
        assertEquals("Sender/c:Banned", anna.request(Envelopes.join("tea")).codes());
        boss.request("Unban", "<author>user:anna</author><room>tea</room>");
        anna.request(Envelopes.join("tea"));
        ReceivedEnvelope banned = boss.request("Ban", "<address>192.0.2.7/24</address>");
        assertEquals("192.0.2.0/24", entry(banned, "Ban", "address"));
        assertEquals("unban", entry(boss.request("Unban", "<address>192.0.2.0/24</address>"), "Unban", "kind"));
        for (String invalid : List.of(
                "",
                "<address>tea</address>",
                "<address>127.0.0.0/8</address>",
                "<author>user:anna</author><address>192.0.2.1</address>",
                "<author>user:anna</author><seconds>0</seconds>")) {
            assertEquals("Sender/c:Invalid", boss.request("Ban", invalid).codes(), invalid);
        }
    }

    @Test
    void theModeOfARoomIsSetAndEnded() {
        ReceivedEnvelope slow = boss.request("SetSlowMode", "<room>tea</room><interval>30</interval>");
        assertEquals("30", entry(slow, "SetSlowMode", "interval"));
        anna.request(Envelopes.send("tea", "first"));
        assertEquals(
                "Sender/c:Slow", anna.request(Envelopes.send("tea", "second")).codes());
        boss.request("SetReadOnly", "<room>tea</room><seconds>60</seconds>");
        assertEquals(
                "Sender/c:ReadOnly",
                anna.request(Envelopes.send("tea", "third")).codes());
        boss.request("CloseRoom", "<room>tea</room>");
        assertEquals("Sender/c:Closed", anna.request(Envelopes.join("tea")).codes());
        assertEquals("open", entry(boss.request("OpenRoom", "<room>tea</room>"), "OpenRoom", "kind"));
        assertEquals(
                "urn:veche:chat:1/JoinResponse",
                anna.request(Envelopes.join("tea")).action());
        assertEquals(
                "Sender/c:Invalid",
                boss.request("SetSlowMode", "<room>tea</room><interval>21601</interval>")
                        .codes());
    }

    @Test
    void theMessagesOfAnAuthorAreErased() {
        anna.request(Envelopes.send("tea", "secret"));
        boss.request(Envelopes.send("tea", "public"));
        ReceivedEnvelope erased = boss.request("Erase", "<author>user:anna</author><reason>On request</reason>");
        assertEquals("user:anna", erased.text("//c:EraseResponse/c:author"));
        assertEquals("1", erased.text("//c:EraseResponse/c:messages"));
        ReceivedEnvelope history = boss.request("History", "<room>tea</room>");
        assertEquals("[erased]", history.text("//c:message[1]/c:author/c:name"));
        assertEquals("", history.text("//c:message[1]/c:text"));
        assertEquals("public", history.text("//c:message[2]/c:text"));
        assertEquals("erase", entry(boss.request("Audit", "<limit>1</limit>"), "Audit", "kind"));
    }

    @Test
    void onlyTheHighestRoleErases() {
        SoapFixture.Member moderator = server.member(new User(
                new Author("user:mod", "Mod"),
                List.of("moderator"),
                Optional.empty(),
                Optional.empty(),
                User.Provider.TOKEN));
        assertEquals(
                "Sender/c:NotAllowed",
                moderator.request("Erase", "<author>user:anna</author>").codes());
    }

    @Test
    void credentialsAreRevokedByTokenOrTimeOrAltogether() {
        ReceivedEnvelope one = boss.request(
                "Revoke", "<author>user:anna</author><jti>t1</jti><seconds>60</seconds><reason>lost</reason>");
        assertEquals("revoke", entry(one, "Revoke", "kind"));
        assertEquals("lost", entry(one, "Revoke", "reason"));
        assertTrue(isRevoked(anna("t1")));
        assertFalse(isRevoked(anna("t2")));
        boss.request("Revoke", "<author>user:anna</author><before>2020-01-01T00:00:00.000Z</before>");
        assertFalse(isRevoked(anna("t2")));
        assertEquals(
                "Sender/c:Invalid",
                boss.request("Revoke", "<author>user:anna</author><before>2020-02-31T00:00:00.000Z</before>")
                        .codes());
        boss.request("Revoke", "<author>user:anna</author>");
        assertTrue(isRevoked(anna("t2")));
    }

    @Test
    void aLegalHoldConcernsAnAuthorOrARoomUntilItIsReleased() {
        ReceivedEnvelope held =
                boss.request("Hold", "<author>user:anna</author><room>tea</room><reason>Case 1</reason>");
        assertEquals("hold", entry(held, "Hold", "kind"));
        assertEquals("Case 1", entry(boss.request("Sanctions", ""), "Sanctions", "reason"));
        ReceivedEnvelope released = boss.request("Release", "<author>user:anna</author><room>tea</room>");
        assertEquals("release", entry(released, "Release", "kind"));
        assertEquals("", boss.request("Sanctions", "").text("//c:SanctionsResponse"));
        assertEquals("tea", entry(boss.request("Hold", "<room>tea</room>"), "Hold", "room"));
        assertEquals("Sender/c:Invalid", boss.request("Hold", "").codes());
    }

    @Test
    void aKickIsRecorded() {
        ReceivedEnvelope kicked = boss.request("Kick", "<author>user:nobody</author><reason>out</reason>");
        assertEquals("kick", entry(kicked, "Kick", "kind"));
        assertEquals("out", entry(kicked, "Kick", "reason"));
    }
}
