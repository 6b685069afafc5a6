package veche.dialect.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import veche.identity.Issuer;
import veche.identity.Tokens;

/** The operation Refresh, and the warning before a token expires. */
class RefreshTest {
    private final Tokens tokens = new Tokens(Issuer.settings(), Runnable::run);
    private final SoapFixture server = new SoapFixture();
    private final Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(600);
    private final SoapFixture.Member anna = server.member(tokens.user(token("anna", "Anna", end)));

    private static String token(String subject, String name, Instant expires, String... rooms) {
        return Issuer.token(subject, claims -> {
            claims.expirationTime(Date.from(expires)).claim("name", name);
            return rooms.length == 0 ? claims : claims.claim("rooms", List.of(rooms));
        });
    }

    private ReceivedEnvelope refresh(String token) {
        return anna.request("Refresh", "<token>" + token + "</token>");
    }

    private static String text(Instant at) {
        return at.toString().replace("Z", ".000Z");
    }

    @Test
    void theNewTokenReplacesExpiryNameAndRooms() {
        ReceivedEnvelope answer = refresh(token("anna", "Анна", end.plusSeconds(60), "tea", "coffee"));
        assertEquals("urn:veche:chat:1/RefreshResponse", answer.action());
        assertEquals(text(end.plusSeconds(60)), answer.text("//c:expires"));
        assertEquals("coffee", answer.text("//c:rooms/c:room[1]"));
        assertEquals("tea", answer.text("//c:rooms/c:room[2]"));
        server.rooms.roomSessions().expire(end, Duration.ZERO);
        anna.request(Envelopes.join("tea"));
        assertEquals("Анна", anna.request(Envelopes.send("tea", "hi")).text("//c:Message/c:author/c:name"));
    }

    @Test
    void anInvalidTokenAndOneOfAnotherSubjectAreFaults() {
        assertEquals("Sender/c:Invalid", refresh("nonsense").codes());
        assertEquals(
                "Sender/c:NotAllowed", refresh(token("boris", "Boris", end)).codes());
        assertEquals(
                "Sender/c:Invalid",
                refresh(token("anna", "Anna", end.minusSeconds(1))).codes());
    }

    @Test
    void aRoomThatTheNewTokenDoesNotGrantIsLeftWithASignal() {
        anna.request(Envelopes.join("tea"));
        anna.request(Envelopes.join("coffee"));
        ReceivedEnvelope signal = refresh(token("anna", "Anna", end, "coffee"));
        assertEquals("removed", signal.text("//c:Signal/c:kind"));
        assertEquals("tea", signal.text("//c:Signal/c:room"));
        assertEquals("urn:veche:chat:1/RefreshResponse", anna.next().action());
        server.member("boris").request(Envelopes.send("tea", "not for Anna"));
        assertTrue(anna.receivedNothing());
    }

    @Test
    void aClientIsWarnedBeforeItsTokenExpires() {
        server.rooms.roomSessions().expire(end.minusSeconds(30), Duration.ofSeconds(60));
        ReceivedEnvelope signal = anna.next();
        assertEquals("expiring", signal.text("//c:Signal/c:kind"));
        assertEquals(text(end), signal.text("//c:Signal/c:expires"));
        server.rooms.roomSessions().expire(end.minusSeconds(29), Duration.ofSeconds(60));
        assertTrue(anna.receivedNothing());
    }
}
