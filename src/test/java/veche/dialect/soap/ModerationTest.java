package veche.dialect.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import veche.room.Author;
import veche.room.ModerationAction.Type;
import veche.room.ModerationOrder;
import veche.room.RoomName;
import veche.room.User;

/** Each kind of moderation action has its own Fault. */
class ModerationTest {
    private static final RoomName TEA = new RoomName("tea");

    private final SoapFixture server = new SoapFixture();
    private final SoapFixture.Member anna = server.member("anna");

    private void rule(Type type) {
        rule(ModerationOrder.author(type, "user:anna", TEA, null, "spam"));
    }

    private void rule(ModerationOrder order) {
        User boss = new User(
                new Author("user:boss", "Boss"),
                List.of("admin"),
                Optional.empty(),
                Optional.empty(),
                User.Provider.CONTAINER);
        server.rooms.moderation().rule(boss, "", order).toCompletableFuture().join();
    }

    private static void assertFault(
            ReceivedEnvelope fault, String codes, String reason, String english, String russian) {
        assertEquals(codes, fault.codes());
        assertEquals(reason, fault.text("//c:ChatFault/c:reason"));
        assertEquals(english, fault.text("//s:Reason/s:Text[@xml:lang='en']"));
        assertEquals(russian, fault.text("//s:Reason/s:Text[@xml:lang='ru']"));
    }

    @Test
    void aMutedUserGetsAFaultAndMayRead() {
        rule(Type.MUTE);
        ReceivedEnvelope fault = anna.request(Envelopes.send("tea", "hi"));
        assertFault(
                fault,
                "Sender/c:Muted",
                "muted",
                "A moderator has muted you; you can read messages but not send them.",
                "Модератор запретил вам писать; вы можете читать сообщения.");
        assertEquals("Muted in tea: spam", fault.text("//c:ChatFault/c:message"));
        assertEquals(
                "urn:veche:chat:1/JoinResponse",
                anna.request(Envelopes.join("tea")).action());
        rule(Type.UNMUTE);
        // As a member, she receives her own message first.
        assertEquals(
                "urn:veche:chat:1/Message",
                anna.request(Envelopes.send("tea", "hi")).action());
        assertEquals("urn:veche:chat:1/SendResponse", anna.next().action());
    }

    @Test
    void inSlowModeTheFaultContainsTheTimeToWait() {
        rule(ModerationOrder.room(Type.SLOW, TEA, null, Duration.ofSeconds(30), "calm"));
        ReceivedEnvelope joined = anna.request(Envelopes.join("tea"));
        assertEquals("slow", joined.text("//c:JoinResponse/c:mode/c:kind"));
        assertEquals("30", joined.text("//c:JoinResponse/c:mode/c:interval"));
        assertEquals("calm", joined.text("//c:JoinResponse/c:mode/c:reason"));
        anna.request(Envelopes.send("tea", "first"));
        assertEquals("urn:veche:chat:1/SendResponse", anna.next().action());
        ReceivedEnvelope fault = anna.request(Envelopes.send("tea", "second"));
        assertFault(
                fault,
                "Sender/c:Slow",
                "slow",
                "The room is in slow mode; wait before you send the next message.",
                "В комнате включён медленный режим; подождите, прежде чем отправить следующее сообщение.");
        long wait = Long.parseLong(fault.text("//c:ChatFault/c:retryMs"));
        assertTrue(wait > 0 && wait <= 30_000, () -> "retryMs " + wait);
    }

    @Test
    void aReadOnlyRoomIsReadAndAClosedOneIsNotEntered() {
        rule(ModerationOrder.room(Type.READONLY, TEA, null, null, ""));
        assertFault(
                anna.request(Envelopes.send("tea", "hi")),
                "Sender/c:ReadOnly",
                "read_only",
                "Only moderators may write to this room.",
                "В этой комнате пишут только модераторы.");
        assertEquals(
                "urn:veche:chat:1/HistoryResponse",
                anna.request("History", "<room>tea</room>").action());
        rule(ModerationOrder.room(Type.CLOSE, TEA, null, null, ""));
        assertFault(
                anna.request(Envelopes.join("tea")),
                "Sender/c:Closed",
                "closed",
                "Only moderators may enter this room.",
                "В эту комнату входят только модераторы.");
    }

    @Test
    void aBannedUserMayNotJoin() {
        rule(Type.BAN);
        assertFault(
                anna.request(Envelopes.join("tea")),
                "Sender/c:Banned",
                "banned",
                "A moderator has banned you.",
                "Модератор заблокировал вас.");
        assertEquals(
                "Sender/c:Banned", anna.request("History", "<room>tea</room>").codes());
        assertEquals(
                "Sender/c:Banned", anna.request("Members", "<room>tea</room>").codes());
        assertEquals(
                "urn:veche:chat:1/JoinResponse",
                anna.request(Envelopes.join("coffee")).action());
    }

    @Test
    void aMemberLearnsThatItWasRemovedFromOneRoomAndStaysInTheOthers() {
        anna.request(Envelopes.join("tea"));
        anna.request(Envelopes.join("coffee"));
        rule(Type.KICK);
        ReceivedEnvelope signal = anna.next();
        assertEquals("urn:veche:chat:1/Signal", signal.action());
        assertEquals("removed", signal.text("//c:Signal/c:kind"));
        assertEquals("tea", signal.text("//c:Signal/c:room"));
        assertEquals("user:anna", signal.text("//c:Signal/c:author/c:id"));
        assertEquals("Kicked in tea: spam", signal.text("//c:Signal/c:reason"));
        SoapFixture.Member boris = server.member("boris");
        boris.request(Envelopes.send("tea", "not for Anna"));
        boris.request(Envelopes.send("coffee", "for Anna"));
        assertEquals("for Anna", anna.next().text("//c:Message/c:text"));
        assertTrue(anna.receivedNothing());
    }
}
