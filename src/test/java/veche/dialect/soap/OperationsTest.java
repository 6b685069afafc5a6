package veche.dialect.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.dialect.soap.message.XmlLimits;
import veche.room.RefusedException;

class OperationsTest {
    private final Hall hall = new Hall();
    private final Hall.Member anna = hall.member("anna");
    private final Hall.Member boris = hall.member("boris");

    private String saidBy(Hall.Member member, String text) {
        return member.ask(Envelopes.send("tea", text)).text("//c:receipt/c:id");
    }

    @Test
    void sendingGivesAReceiptOnceItIsWritten() {
        hall.log.hold();
        anna.session.onText(Envelopes.send("tea", "hi"));
        assertTrue(anna.heardNothing());
        hall.log.letGo();
        Heard answer = anna.next();
        assertEquals("urn:veche:chat:1/SendResponse", answer.action());
        assertEquals("1", answer.text("//c:receipt/c:position"));
        assertEquals("tea", answer.text("//c:receipt/c:room"));
        assertTrue(answer.text("//c:receipt/c:at").matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
    }

    @Test
    void theSameKeySaysNothingTwice() {
        String send = "<room>tea</room><text>hi</text><key>k1</key>";
        String first = anna.ask("Send", send).text("//c:receipt/c:id");
        assertEquals(first, anna.ask("Send", send).text("//c:receipt/c:id"));
        assertNotEquals(first, boris.ask("Send", send).text("//c:receipt/c:id"));
    }

    @Test
    void aFileIsBase64WithItsNameAsText() {
        anna.ask(Envelopes.join("tea"));
        boris.ask("Send", "<room>tea</room><text>a.bin</text><data>AP8Q</data>");
        Heard message = anna.next();
        assertEquals("file", message.text("//c:kind"));
        assertEquals("AP8Q", message.text("//c:data"));
        assertEquals("a.bin", message.text("//c:text"));
    }

    @Test
    void aFileWithANameHasACaption() {
        anna.ask(Envelopes.join("tea"));
        boris.ask("Send", "<room>tea</room><text>the bell</text><data>AP8Q</data><name>a.bin</name>");
        Heard message = anna.next();
        assertEquals("the bell", message.text("//c:text"));
        assertEquals("a.bin", message.text("//c:Message/c:name"));
        Heard history = boris.ask("History", "<room>tea</room>");
        assertEquals("a.bin", history.text("//c:message[1]/c:name"));
    }

    @Test
    void aNameThatIsTooLongOrOfNoFileIsRefused() {
        String long256 = "<name>" + "n".repeat(256) + "</name>";
        assertEquals(
                "Sender/c:Invalid",
                anna.ask("Send", "<room>tea</room><data>AP8Q</data>" + long256).codes());
        Heard fault = anna.ask("Send", "<room>tea</room><text>hi</text><name>a.bin</name>");
        assertEquals("only a file may have a name", fault.text("//c:ChatFault/c:message"));
    }

    @Test
    void aMessageWithNeitherTextNorDataIsRefused() {
        Heard fault = anna.ask("Send", "<room>tea</room>");
        assertEquals("Sender/c:Invalid", fault.codes());
        assertEquals("text is missing", fault.text("//c:ChatFault/c:message"));
    }

    @Test
    void aReplyNamesWhatItAnswers() {
        String target = saidBy(anna, "question");
        anna.ask(Envelopes.join("tea"));
        boris.ask("Send", "<room>tea</room><text>answer</text><target>" + target + "</target>");
        assertEquals(target, anna.next().text("//c:target"));
    }

    @Test
    void oneMayEditDeleteAndReact() {
        String target = saidBy(anna, "helo");
        boris.ask(Envelopes.join("tea"));
        anna.ask("Edit", "<room>tea</room><target>" + target + "</target><text>hello</text>");
        Heard edit = boris.next();
        assertEquals("edit", edit.text("//c:kind"));
        assertEquals("hello", edit.text("//c:text"));
        assertEquals(target, edit.text("//c:target"));
        boris.ask("React", "<room>tea</room><target>" + target + "</target><text>👍</text>");
        assertEquals(
                "DeleteResponse",
                anna.ask("Delete", "<room>tea</room><target>" + target + "</target>")
                        .body());
    }

    @Test
    void anotherOnesMessageCannotBeEdited() {
        String target = saidBy(anna, "mine");
        Heard fault = boris.ask("Edit", "<room>tea</room><target>" + target + "</target><text>yours</text>");
        assertEquals("Sender/c:NotAllowed", fault.codes());
        assertEquals("not_allowed", fault.text("//c:ChatFault/c:reason"));
    }

    @Test
    void whatIsNotThereCannotBeDeleted() {
        String nobody = "<target>00000000-0000-7000-8000-000000000000</target>";
        Heard fault = anna.ask("Delete", "<room>tea</room>" + nobody);
        assertEquals("Sender/c:NoSuchMessage", fault.codes());
    }

    @Test
    void historyIsReadBackwardsAndGivenForwards() {
        for (int i = 1; i <= 5; i++) {
            saidBy(anna, "m" + i);
        }
        Heard newest = boris.ask("History", "<room>tea</room><limit>2</limit>");
        assertEquals("m4", newest.text("//c:message[1]/c:text"));
        assertEquals("m5", newest.text("//c:message[2]/c:text"));
        Heard earlier = boris.ask("History", "<room>tea</room><before>4</before><limit>2</limit>");
        assertEquals("m2", earlier.text("//c:message[1]/c:text"));
        assertEquals(2, earlier.count("//c:message"));
    }

    @Test
    void listsAreNoLongerThanTheServersLimit() {
        Hall small = new Hall(new SoapSettings(new XmlLimits(32, 100, 64, 1000), 10, 3, 1_000));
        Hall.Member carl = small.member("carl");
        for (String room : new String[] {"a", "b", "c", "d", "e"}) {
            carl.ask(Envelopes.join(room));
        }
        assertEquals(3, carl.ask("Rooms", "<limit>1000</limit>").count("//c:RoomsResponse/c:room"));
        Heard rest = carl.ask("Rooms", "<after>c</after>");
        assertEquals("d", rest.text("//c:RoomsResponse/c:room[1]"));
        assertEquals(2, rest.count("//c:RoomsResponse/c:room"));
    }

    @Test
    void membersAreThoseWhoJoined() {
        anna.ask(Envelopes.join("tea"));
        boris.ask(Envelopes.join("tea"));
        Heard answer = anna.ask("Members", "<room>tea</room><limit>1</limit>");
        assertEquals("2", answer.text("//c:count"));
        assertEquals(1, answer.count("//c:member"));
    }

    @Test
    void typingAndReadingAreAnsweredEmpty() {
        assertEquals("TypingResponse", anna.ask("Typing", "<room>tea</room>").body());
        assertEquals(
                "ReadResponse",
                anna.ask("Read", "<room>tea</room><upTo><epoch>e</epoch><position>1</position></upTo>")
                        .body());
    }

    @Test
    void aGuestMayGiveANameAtJoiningThatHoldsForWhatIsSaidNext() {
        Hall.Member guest = hall.guest("Guest 1");
        hall.log.hold();
        guest.session.onText(Envelopes.request("Join", "<room>tea</room><name>Анна К.</name>"));
        guest.session.onText(Envelopes.send("tea", "hi"));
        hall.log.letGo();
        assertEquals("JoinResponse", guest.next().body());
        assertEquals("Анна К.", guest.next().text("//c:author/c:name"));
    }

    @Test
    void whoIsKnownKeepsTheirName() {
        anna.ask("Join", "<room>tea</room><name>Admin</name>");
        anna.session.onText(Envelopes.send("tea", "hi"));
        assertEquals("anna", anna.next().text("//c:author/c:name"));
    }

    @ParameterizedTest
    @CsvSource({
        "BUSY,Receiver/c:Busy",
        "LOG_UNAVAILABLE,Receiver/c:LogUnavailable",
        "STOPPING,Receiver/c:Stopping",
        "TOO_BIG,Sender/c:TooBig",
        "BAD_ROOM_NAME,Sender/c:BadRoomName"
    })
    void aRefusalIsAFaultOfWhoeverCausedIt(RefusedException.Reason reason, String codes) {
        hall.log.refuse(reason);
        Heard fault = anna.ask(Envelopes.send("tea", "hi"));
        assertEquals(codes, fault.codes());
        assertEquals(reason.name().toLowerCase(java.util.Locale.ROOT), fault.text("//c:ChatFault/c:reason"));
        assertEquals(Envelopes.MESSAGE_ID, fault.relatesTo());
    }
}
