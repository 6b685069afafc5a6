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

    private final Hall hall = new Hall();

    private void petyaSays(String text) {
        hall.rooms.send(TEA, Draft.text(PETYA, text));
    }

    @Test
    void whoJoinsIsToldTheRoomsEnd() {
        petyaSays("before");
        Heard answer = hall.member("anna").ask(Envelopes.join("tea"));
        assertEquals("urn:veche:chat:1/JoinResponse", answer.action());
        assertEquals(Envelopes.MESSAGE_ID, answer.relatesTo());
        assertEquals("tea", answer.text("//c:JoinResponse/c:room"));
        assertEquals("1", answer.text("//c:JoinResponse/c:position"));
        assertEquals(ListLog.EPOCH, answer.text("//c:JoinResponse/c:epoch"));
        assertEquals(0, answer.count("//c:recovered"));
    }

    @Test
    void whoJoinedHearsEachMessageAsOneWayEnvelope() {
        Hall.Member anna = hall.member("anna");
        anna.ask(Envelopes.join("tea"));
        petyaSays("привет & <hello>");
        Heard message = anna.next();
        assertEquals("urn:veche:chat:1/Message", message.action());
        assertEquals("привет & <hello>", message.text("//c:Message/c:text"));
        assertEquals("text", message.text("//c:Message/c:kind"));
        assertEquals("Петя", message.text("//c:Message/c:author/c:name"));
        assertEquals("1", message.text("//c:Message/c:position"));
        assertEquals(0, message.count("//a:RelatesTo"));
        assertEquals("urn:uuid:" + message.text("//c:Message/c:id"), message.text("//a:MessageID"));
    }

    @Test
    void whatWasSaidBeforeJoiningIsNotHeard() {
        petyaSays("before");
        Hall.Member anna = hall.member("anna");
        anna.ask(Envelopes.join("tea"));
        assertTrue(anna.heardNothing());
    }

    @Test
    void whoResumesHearsWhatWasMissedAndThenTheRest() {
        petyaSays("one");
        petyaSays("two");
        Hall.Member anna = hall.member("anna");
        Heard answer = anna.ask("Join", "<room>tea</room><after><epoch>epoch-1</epoch><position>1</position></after>");
        assertEquals("true", answer.text("//c:recovered"));
        assertEquals("2", answer.text("//c:position"));
        petyaSays("three");
        assertEquals("two", anna.next().text("//c:text"));
        assertEquals("three", anna.next().text("//c:text"));
        assertTrue(anna.heardNothing());
    }

    @Test
    void whoResumesFromAnotherEpochIsToldOfTheHole() {
        petyaSays("one");
        Hall.Member anna = hall.member("anna");
        Heard answer = anna.ask("Join", "<room>tea</room><after><epoch>gone</epoch><position>0</position></after>");
        assertEquals("false", answer.text("//c:recovered"));
        assertEquals("1", answer.text("//c:position"));
        assertTrue(anna.heardNothing());
    }

    @Test
    void whoLeftHearsNothingMore() {
        Hall.Member anna = hall.member("anna");
        anna.ask(Envelopes.join("tea"));
        assertEquals("LeaveResponse", anna.ask("Leave", "<room>tea</room>").body());
        petyaSays("gone");
        assertTrue(anna.heardNothing());
        assertEquals(0, hall.rooms.presence().count(TEA));
    }

    @Test
    void joiningTwiceIsHearingOnce() {
        Hall.Member anna = hall.member("anna");
        anna.ask(Envelopes.join("tea"));
        anna.ask(Envelopes.join("tea"));
        petyaSays("once");
        assertEquals("once", anna.next().text("//c:text"));
        assertTrue(anna.heardNothing());
        assertEquals(1, hall.rooms.presence().count(TEA));
    }

    @Test
    void aLeaveRightBehindAJoinWinsHoweverLongTheRoomTakesToOpen() {
        Hall.Member anna = hall.member("anna");
        hall.log.hold();
        anna.session.onText(Envelopes.join("tea"));
        anna.session.onText(Envelopes.request("Leave", "<room>tea</room>"));
        hall.log.letGo();
        assertEquals(0, hall.rooms.presence().count(TEA));
    }

    @Test
    void aSendRightBehindAJoinIsHeard() {
        Hall.Member anna = hall.member("anna");
        hall.log.hold();
        anna.session.onText(Envelopes.join("tea"));
        anna.session.onText(Envelopes.send("tea", "mine"));
        hall.log.letGo();
        assertEquals("JoinResponse", anna.next().body());
        assertEquals("mine", anna.next().text("//c:Message/c:text"));
        assertEquals("SendResponse", anna.next().body());
    }

    @Test
    void whoDisconnectsLeavesAllRooms() {
        Hall.Member anna = hall.member("anna");
        anna.ask(Envelopes.join("tea"));
        anna.ask(Envelopes.join("coffee"));
        anna.session.onClose();
        assertEquals(0, hall.rooms.presence().count(TEA));
        assertEquals(0, hall.rooms.presence().count(new RoomName("coffee")));
    }

    @Test
    void whoDisconnectsWhileJoiningIsNotLeftBehind() {
        Hall.Member anna = hall.member("anna");
        hall.log.hold();
        anna.session.onText(Envelopes.join("tea"));
        anna.session.onClose();
        hall.log.letGo();
        assertEquals(0, hall.rooms.presence().count(TEA));
    }

    @Test
    void thereIsALimitOfRooms() {
        Hall small = new Hall(new SoapSettings(new XmlLimits(32, 10_000, 64, 1 << 20), 1, 100, 1_000));
        Hall.Member anna = small.member("anna");
        anna.ask(Envelopes.join("tea"));
        assertEquals("JoinResponse", anna.ask(Envelopes.join("tea")).body());
        assertEquals("Sender/c:TooBig", anna.ask(Envelopes.join("coffee")).codes());
    }

    @Test
    void messagesComeInTheKindOfFrameOfTheJoin() {
        Hall.Member anna = hall.member("anna");
        anna.session.onBinary(ByteBuffer.wrap(Envelopes.join("tea").getBytes(StandardCharsets.UTF_8)));
        assertInstanceOf(Frame.Binary.class, anna.next().frame());
        petyaSays("привет");
        Heard message = anna.next();
        assertInstanceOf(Frame.Binary.class, message.frame());
        assertEquals("привет", message.text("//c:text"));
    }

    @Test
    void aMessageIsWordedOnceForAThousandMembers() {
        Hall.Member[] members = new Hall.Member[1000];
        for (int i = 0; i < members.length; i++) {
            members[i] = hall.member("m" + i);
            members[i].session.onText(Envelopes.join("tea"));
            members[i].heard.clear();
        }
        petyaSays("hello");
        assertEquals(1, hall.encoders());
        Frame first = members[0].heard.peek();
        for (Hall.Member member : members) {
            assertSame(first, member.heard.peek());
        }
    }

    @Test
    void signalsComeToThoseWhoAskedForThem() {
        Hall.Member anna = hall.member("anna");
        Hall.Member boris = hall.member("boris");
        anna.ask("Join", "<room>tea</room><signals>true</signals>");
        boris.ask(Envelopes.join("tea"));
        Heard joined = anna.next();
        assertEquals("urn:veche:chat:1/Signal", joined.action());
        assertEquals("joined", joined.text("//c:kind"));
        assertEquals("boris", joined.text("//c:author/c:name"));
        boris.session.onText(Envelopes.oneWay("Typing", "<room>tea</room>"));
        assertEquals("typing", anna.next().text("//c:kind"));
        boris.ask("Read", "<room>tea</room><upTo><epoch>epoch-1</epoch><position>7</position></upTo>");
        Heard read = anna.next();
        assertEquals("read", read.text("//c:kind"));
        assertEquals("7", read.text("//c:upTo/c:position"));
        boris.session.onClose();
        assertEquals("left", anna.next().text("//c:kind"));
        assertTrue(boris.heardNothing());
    }

    @Test
    void whatXmlCannotHoldIsReplacedAndCutsNobodyOff() {
        Hall.Member anna = hall.member("anna");
        anna.ask(Envelopes.join("tea"));
        petyaSays("a\u0000b\u0008c\uD800d\uFFFFe\r\nf\uD83D\uDE00");
        Heard message = anna.next();
        assertEquals("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\r\nf\uD83D\uDE00", message.text("//c:text"));
        assertFalse(message.xml().contains("\r"));
    }
}
