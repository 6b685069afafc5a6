package veche.dialect.soap;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import veche.dialect.soap.message.Wsa;
import veche.dialect.soap.message.XmlLimits;
import veche.dialect.wamp.TestRealm;
import veche.identity.Issuer;
import veche.room.Author;
import veche.room.Permissions;
import veche.room.RefusedException;
import veche.room.User;

/** The header Token, which identifies a client that cannot add one to the handshake. */
class TokenHeaderTest {
    private static final Permissions NO_GUESTS = new Permissions(Permissions.Guests.NONE, List.of("moderator"));

    private final SoapFixture server = new SoapFixture();
    private final SoapFixture.Member client = server.member(guest());

    private static User guest() {
        return User.guest(new Author("guest:x", "Guest"));
    }

    private static String token(String subject, String... rooms) {
        return Issuer.token(
                subject,
                claims -> rooms.length == 0
                        ? claims.claim("name", "Anna")
                        : claims.claim("name", "Anna").claim("rooms", List.of(rooms)));
    }

    private static String request(String token, String operation, String content) {
        return request("<Token xmlns=\"urn:veche:chat:1\">" + token + "</Token>", "", operation, content);
    }

    private static String request(String first, String second, String operation, String content) {
        return Envelopes.envelope(
                Envelopes.action("urn:veche:chat:1/" + operation)
                        + Envelopes.id()
                        + Envelopes.replyTo(Wsa.ANONYMOUS)
                        + first
                        + second,
                Envelopes.body(operation, content));
    }

    private static String join(String token) {
        return request(token, "Join", "<room>tea</room>");
    }

    private String sender(SoapFixture.Member member) {
        return member.request(Envelopes.send("tea", "hi")).text("//c:Message/c:author/c:id");
    }

    @Test
    void theTokenOfTheFirstRequestIdentifiesTheUser() {
        assertEquals(
                "urn:veche:chat:1/JoinResponse",
                client.request(join(token("anna"))).action());
        assertEquals("user:anna", sender(client));
        assertEquals(
                List.of("user:anna"),
                server.rooms.roomSessions().all().stream()
                        .map(session -> session.user().author().id())
                        .toList());
    }

    @Test
    void theRoomsOfTheTokenApplyToTheRequestThatCarriesIt() {
        assertEquals(
                "Sender/c:NotAllowed",
                client.request(join(token("anna", "coffee"))).codes());
    }

    @Test
    void theSameTokenMayBeRepeatedAndAnotherIsRefused() {
        String token = token("anna");
        client.request(join(token));
        assertEquals(
                "urn:veche:chat:1/RoomsResponse",
                client.request(request(token, "Rooms", "")).action());
        assertEquals(
                "Sender/c:NotAllowed",
                client.request(request(token("boris"), "Rooms", "")).codes());
        assertEquals("user:anna", sender(client));
    }

    @Test
    void aRefreshedTokenMayBeRepeated() {
        client.request(join(token("anna")));
        String newer = token("anna", "tea");
        assertEquals(
                "urn:veche:chat:1/RefreshResponse",
                client.request("Refresh", "<token>" + newer + "</token>").action());
        assertEquals(
                "urn:veche:chat:1/RoomsResponse",
                client.request(request(newer, "Rooms", "")).action());
    }

    @Test
    void aLaterRequestOfAGuestIsRefused() {
        client.request(Envelopes.join("tea"));
        assertEquals(
                "Sender/c:NotAllowed",
                client.request(request(token("anna"), "Rooms", "")).codes());
        assertEquals("guest:x", sender(client));
    }

    @Test
    void aUserOfTheHandshakeIsNotReplaced() {
        SoapFixture.Member boris = server.member(TestRealm.user("boris"));
        assertEquals("Sender/c:NotAllowed", boris.request(join(token("anna"))).codes());
    }

    @Test
    void anInvalidTokenIsAFaultThatDoesNotRepeatIt() {
        ReceivedEnvelope fault = client.request(join("secret.token.value"));
        assertEquals("Sender/c:Invalid", fault.codes());
        assertFalse(fault.toString().contains("secret.token"), fault::toString);
        assertNull(client.closed);
    }

    @Test
    void severalTokensAreAFault() {
        String header = "<Token xmlns=\"urn:veche:chat:1\">" + token("anna") + "</Token>";
        assertEquals(
                "Sender", client.request(request(header, header, "Rooms", "")).codes());
    }

    @Test
    void anAddressThatFailsRepeatedlyMayNotLogIn() {
        server.member(guest()).request(join("nonsense"));
        server.member(guest()).request(join("nonsense"));
        ReceivedEnvelope refused = server.member(guest()).request(join(token("anna")));
        assertEquals("Sender/c:Limited", refused.codes());
        assertTrue(Long.parseLong(refused.text("//c:retryMs")) > 0);
    }

    @Test
    void aBannedUserIsRefusedAndTheGuestRemains() {
        SoapFixture.Member moderator = server.member(TestRealm.user("mona", "moderator"));
        moderator.request("Ban", "<author>user:anna</author>");
        assertEquals("Sender/c:Banned", client.request(join(token("anna"))).codes());
        assertEquals(
                "urn:veche:chat:1/RoomsResponse", client.request("Rooms", "").action());
    }

    @Test
    void whereGuestsAreNotAdmittedTheFirstRequestMustHaveAToken() {
        SoapFixture strict = new SoapFixture(NO_GUESTS);
        SoapFixture.Member anna = strict.member(guest());
        anna.request(join(token("anna")));
        assertEquals("user:anna", sender(anna));
        assertNull(anna.closed);

        SoapFixture.Member stranger = strict.member(guest());
        assertEquals(
                "Sender/c:NotAllowed", stranger.request(Envelopes.join("tea")).codes());
        await().until(() -> stranger.closed != null);
        assertEquals("POLICY Guests are not admitted; send a token in the header Token", stranger.closed);
    }

    @Test
    void whereGuestsAreNotAdmittedASilentConnectionIsClosed() {
        SoapFixture strict =
                new SoapFixture(new SoapSettings(XmlLimits.DEFAULT, 100, 100, 1_000, Duration.ofMillis(10)), NO_GUESTS);
        SoapFixture.Member stranger = strict.member(guest());
        await().until(() -> stranger.closed != null);
    }

    @Test
    void aUserWhomTheSiteDoesNotAdmitIsRefused() {
        server.admission = CompletableFuture.completedFuture(false);
        assertEquals("Sender/c:NotAllowed", client.request(join(token("anna"))).codes());
        server.admission = CompletableFuture.failedFuture(new RefusedException(RefusedException.Reason.BUSY, "later"));
        assertEquals(
                "Receiver/c:Busy",
                server.member(guest()).request(join(token("anna"))).codes());
    }

    @Test
    void whileTheSiteIsAskedFurtherRequestsAreBusy() {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        server.admission = answer;
        client.session.onText(join(token("anna")));
        assertEquals("Receiver/c:Busy", client.request("Rooms", "").codes());
        answer.complete(true);
        assertEquals("urn:veche:chat:1/JoinResponse", client.next().action());
        assertEquals("user:anna", sender(client));
    }

    @Test
    void aConnectionIsNotClosedAsUnidentifiedWhileTheSiteIsAsked() {
        SoapFixture strict =
                new SoapFixture(new SoapSettings(XmlLimits.DEFAULT, 100, 100, 1_000, Duration.ofMillis(10)), NO_GUESTS);
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        strict.admission = answer;
        SoapFixture.Member anna = strict.member(guest());
        anna.session.onText(join(token("anna")));
        assertEquals("Receiver/c:Busy", anna.request("Rooms", "").codes());
        SoapFixture.Member silent = strict.member(guest());
        await().until(() -> silent.closed != null); // the time of the first is over, too
        assertNull(anna.closed);
        answer.complete(false);
        assertEquals("Sender/c:NotAllowed", anna.next().codes());
        await().until(() -> anna.closed != null);
    }

    @Test
    void aConnectionThatClosesWhileTheSiteIsAskedLeavesNoSession() {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        server.admission = answer;
        client.session.onText(join(token("anna")));
        client.session.onClose();
        answer.complete(true);
        assertEquals(0, server.rooms.roomSessions().all().size());
    }

    @Test
    void aConnectionThatClosesLeavesNoSession() {
        client.request(join(token("anna")));
        client.session.onClose();
        assertEquals(0, server.rooms.roomSessions().all().size());
    }
}
