package veche.dialect.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import veche.dialect.Frame;
import veche.dialect.soap.message.XmlLimits;
import veche.room.Author;
import veche.room.Draft;
import veche.room.RoomName;

class JoinTest {
    private static final RoomName TEA = new RoomName("tea");
    private static final Author PETYA = new Author("petya", "Петя");

    private final SoapFixture server = new SoapFixture();

    private void petyaSends(String text) {
        server.rooms.send(TEA, Draft.text(PETYA, text));
    }

    @Test
    void joiningReturnsTheRoomsPosition() {
        petyaSends("before");
        ReceivedEnvelope answer = server.member("anna").request(Envelopes.join("tea"));
        assertEquals("urn:veche:chat:1/JoinResponse", answer.action());
        assertEquals(Envelopes.MESSAGE_ID, answer.relatesTo());
        assertEquals("tea", answer.text("//c:JoinResponse/c:room"));
        assertEquals("1", answer.text("//c:JoinResponse/c:position"));
        assertEquals(SynchronousLog.EPOCH, answer.text("//c:JoinResponse/c:epoch"));
        assertEquals(0, answer.count("//c:recovered"));
    }

    @Test
    void aMemberReceivesEachMessageAsAOneWayEnvelope() {
        SoapFixture.Member anna = server.member("anna");
        anna.request(Envelopes.join("tea"));
        petyaSends("привет & <hello>");
        ReceivedEnvelope message = anna.next();
        assertEquals("urn:veche:chat:1/Message", message.action());
        assertEquals("привет & <hello>", message.text("//c:Message/c:text"));
        assertEquals("text", message.text("//c:Message/c:kind"));
        assertEquals("Петя", message.text("//c:Message/c:author/c:name"));
        assertEquals("1", message.text("//c:Message/c:position"));
        assertEquals(0, message.count("//a:RelatesTo"));
        assertEquals("urn:uuid:" + message.text("//c:Message/c:id"), message.text("//a:MessageID"));
    }

    @Test
    void messagesBeforeJoiningAreNotReceived() {
        petyaSends("before");
        SoapFixture.Member anna = server.member("anna");
        anna.request(Envelopes.join("tea"));
        assertTrue(anna.receivedNothing());
    }

    @Test
    void aResumingMemberReceivesMissedThenLiveMessages() {
        petyaSends("one");
        petyaSends("two");
        SoapFixture.Member anna = server.member("anna");
        ReceivedEnvelope answer =
                anna.request("Join", "<room>tea</room><after><epoch>epoch-1</epoch><position>1</position></after>");
        assertEquals("true", answer.text("//c:recovered"));
        assertEquals("2", answer.text("//c:position"));
        petyaSends("three");
        assertEquals("two", anna.next().text("//c:text"));
        assertEquals("three", anna.next().text("//c:text"));
        assertTrue(anna.receivedNothing());
    }

    @Test
    void resumingFromAnotherEpochReportsThatNothingWasRecovered() {
        petyaSends("one");
        SoapFixture.Member anna = server.member("anna");
        ReceivedEnvelope answer =
                anna.request("Join", "<room>tea</room><after><epoch>gone</epoch><position>0</position></after>");
        assertEquals("false", answer.text("//c:recovered"));
        assertEquals("1", answer.text("//c:position"));
        assertTrue(anna.receivedNothing());
    }

    @Test
    void aFormerMemberReceivesNothing() {
        SoapFixture.Member anna = server.member("anna");
        anna.request(Envelopes.join("tea"));
        assertEquals("LeaveResponse", anna.request("Leave", "<room>tea</room>").body());
        petyaSends("gone");
        assertTrue(anna.receivedNothing());
        assertEquals(0, server.rooms.presence().count(TEA));
    }

    @Test
    void joiningTwiceDeliversEachMessageOnce() {
        SoapFixture.Member anna = server.member("anna");
        anna.request(Envelopes.join("tea"));
        anna.request(Envelopes.join("tea"));
        petyaSends("once");
        assertEquals("once", anna.next().text("//c:text"));
        assertTrue(anna.receivedNothing());
        assertEquals(1, server.rooms.presence().count(TEA));
    }

    @Test
    void aLeaveAfterAPendingJoinWins() {
        SoapFixture.Member anna = server.member("anna");
        server.log.hold();
        anna.session.onText(Envelopes.join("tea"));
        anna.session.onText(Envelopes.request("Leave", "<room>tea</room>"));
        server.log.resume();
        assertEquals(0, server.rooms.presence().count(TEA));
    }

    @Test
    void aSendAfterAPendingJoinIsReceived() {
        SoapFixture.Member anna = server.member("anna");
        server.log.hold();
        anna.session.onText(Envelopes.join("tea"));
        anna.session.onText(Envelopes.send("tea", "mine"));
        server.log.resume();
        assertEquals("JoinResponse", anna.next().body());
        assertEquals("mine", anna.next().text("//c:Message/c:text"));
        assertEquals("SendResponse", anna.next().body());
    }

    @Test
    void disconnectingLeavesAllRooms() {
        SoapFixture.Member anna = server.member("anna");
        anna.request(Envelopes.join("tea"));
        anna.request(Envelopes.join("coffee"));
        anna.session.onClose();
        assertEquals(0, server.rooms.presence().count(TEA));
        assertEquals(0, server.rooms.presence().count(new RoomName("coffee")));
    }

    @Test
    void disconnectingWhileJoiningLeavesNoMember() {
        SoapFixture.Member anna = server.member("anna");
        server.log.hold();
        anna.session.onText(Envelopes.join("tea"));
        anna.session.onClose();
        server.log.resume();
        assertEquals(0, server.rooms.presence().count(TEA));
    }

    @Test
    void theNumberOfJoinedRoomsIsLimited() {
        SoapFixture small = new SoapFixture(new SoapSettings(
                new XmlLimits(32, 10_000, 64, 1 << 20), 1, 100, 1_000, SoapSettings.DEFAULT.tokenTimeout()));
        SoapFixture.Member anna = small.member("anna");
        anna.request(Envelopes.join("tea"));
        assertEquals("JoinResponse", anna.request(Envelopes.join("tea")).body());
        assertEquals("Sender/c:TooBig", anna.request(Envelopes.join("coffee")).codes());
    }

    @Test
    void messagesUseTheFrameTypeOfTheJoin() {
        SoapFixture.Member anna = server.member("anna");
        anna.session.onBinary(ByteBuffer.wrap(Envelopes.join("tea").getBytes(StandardCharsets.UTF_8)));
        assertInstanceOf(Frame.Binary.class, anna.next().frame());
        petyaSends("привет");
        ReceivedEnvelope message = anna.next();
        assertInstanceOf(Frame.Binary.class, message.frame());
        assertEquals("привет", message.text("//c:text"));
    }

    @Test
    void aMessageIsEncodedOnceForAThousandMembers() {
        SoapFixture.Member[] members = new SoapFixture.Member[1000];
        for (int i = 0; i < members.length; i++) {
            members[i] = server.member("m" + i);
            members[i].session.onText(Envelopes.join("tea"));
            members[i].received.clear();
        }
        petyaSends("hello");
        assertEquals(1, server.encodedFrames());
        Frame first = members[0].received.peek();
        for (SoapFixture.Member member : members) {
            assertSame(first, member.received.peek());
        }
    }

    @Test
    void signalsAreSentToMembersThatRequestedThem() {
        SoapFixture.Member anna = server.member("anna");
        SoapFixture.Member boris = server.member("boris");
        anna.request("Join", "<room>tea</room><signals>true</signals>");
        boris.request(Envelopes.join("tea"));
        ReceivedEnvelope joined = anna.next();
        assertEquals("urn:veche:chat:1/Signal", joined.action());
        assertEquals("joined", joined.text("//c:kind"));
        assertEquals("boris", joined.text("//c:author/c:name"));
        boris.session.onText(Envelopes.oneWay("Typing", "<room>tea</room>"));
        assertEquals("typing", anna.next().text("//c:kind"));
        boris.request("Read", "<room>tea</room><upTo><epoch>epoch-1</epoch><position>7</position></upTo>");
        ReceivedEnvelope read = anna.next();
        assertEquals("read", read.text("//c:kind"));
        assertEquals("7", read.text("//c:upTo/c:position"));
        boris.session.onClose();
        assertEquals("left", anna.next().text("//c:kind"));
        assertTrue(boris.receivedNothing());
    }

    @Test
    void charactersIllegalInXmlAreReplaced() {
        SoapFixture.Member anna = server.member("anna");
        anna.request(Envelopes.join("tea"));
        petyaSends("a\u0000b\u0008c\uD800d\uFFFFe\r\nf\uD83D\uDE00");
        ReceivedEnvelope message = anna.next();
        assertEquals("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\r\nf\uD83D\uDE00", message.text("//c:text"));
        assertFalse(message.xml().contains("\r"));
    }
}
