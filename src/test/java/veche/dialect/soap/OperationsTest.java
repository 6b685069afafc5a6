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
    private final SoapFixture server = new SoapFixture();
    private final SoapFixture.Member anna = server.member("anna");
    private final SoapFixture.Member boris = server.member("boris");

    private String sentBy(SoapFixture.Member member, String text) {
        return member.request(Envelopes.send("tea", text)).text("//c:receipt/c:id");
    }

    @Test
    void aReceiptIsReturnedAfterTheCommit() {
        server.log.hold();
        anna.session.onText(Envelopes.send("tea", "hi"));
        assertTrue(anna.receivedNothing());
        server.log.resume();
        ReceivedEnvelope answer = anna.next();
        assertEquals("urn:veche:chat:1/SendResponse", answer.action());
        assertEquals("1", answer.text("//c:receipt/c:position"));
        assertEquals("tea", answer.text("//c:receipt/c:room"));
        assertTrue(answer.text("//c:receipt/c:at").matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
    }

    @Test
    void aRepeatedKeyReturnsTheSameMessage() {
        String send = "<room>tea</room><text>hi</text><key>k1</key>";
        String first = anna.request("Send", send).text("//c:receipt/c:id");
        assertEquals(first, anna.request("Send", send).text("//c:receipt/c:id"));
        assertNotEquals(first, boris.request("Send", send).text("//c:receipt/c:id"));
    }

    @Test
    void aFileIsBase64WithItsNameAsText() {
        anna.request(Envelopes.join("tea"));
        boris.request("Send", "<room>tea</room><text>a.bin</text><data>AP8Q</data>");
        ReceivedEnvelope message = anna.next();
        assertEquals("file", message.text("//c:kind"));
        assertEquals("AP8Q", message.text("//c:data"));
        assertEquals("a.bin", message.text("//c:text"));
    }

    @Test
    void aFileWithANameHasACaption() {
        anna.request(Envelopes.join("tea"));
        boris.request("Send", "<room>tea</room><text>the bell</text><data>AP8Q</data><name>a.bin</name>");
        ReceivedEnvelope message = anna.next();
        assertEquals("the bell", message.text("//c:text"));
        assertEquals("a.bin", message.text("//c:Message/c:name"));
        ReceivedEnvelope history = boris.request("History", "<room>tea</room>");
        assertEquals("a.bin", history.text("//c:message[1]/c:name"));
    }

    @Test
    void aNameThatIsTooLongOrWithoutAFileIsRejected() {
        String long256 = "<name>" + "n".repeat(256) + "</name>";
        assertEquals(
                "Sender/c:Invalid",
                anna.request("Send", "<room>tea</room><data>AP8Q</data>" + long256)
                        .codes());
        ReceivedEnvelope fault = anna.request("Send", "<room>tea</room><text>hi</text><name>a.bin</name>");
        assertEquals("only a file may have a name", fault.text("//c:ChatFault/c:message"));
    }

    @Test
    void aMessageWithNeitherTextNorDataIsRejected() {
        ReceivedEnvelope fault = anna.request("Send", "<room>tea</room>");
        assertEquals("Sender/c:Invalid", fault.codes());
        assertEquals("text is missing", fault.text("//c:ChatFault/c:message"));
    }

    @Test
    void aReplyHasItsTarget() {
        String target = sentBy(anna, "question");
        anna.request(Envelopes.join("tea"));
        boris.request("Send", "<room>tea</room><text>answer</text><target>" + target + "</target>");
        assertEquals(target, anna.next().text("//c:target"));
    }

    @Test
    void aMessageCanBeEditedDeletedAndReactedTo() {
        String target = sentBy(anna, "helo");
        boris.request(Envelopes.join("tea"));
        anna.request("Edit", "<room>tea</room><target>" + target + "</target><text>hello</text>");
        ReceivedEnvelope edit = boris.next();
        assertEquals("edit", edit.text("//c:kind"));
        assertEquals("hello", edit.text("//c:text"));
        assertEquals(target, edit.text("//c:target"));
        boris.request("React", "<room>tea</room><target>" + target + "</target><text>👍</text>");
        assertEquals(
                "DeleteResponse",
                anna.request("Delete", "<room>tea</room><target>" + target + "</target>")
                        .body());
    }

    @Test
    void aMessageOfAnotherAuthorCannotBeEdited() {
        String target = sentBy(anna, "mine");
        ReceivedEnvelope fault =
                boris.request("Edit", "<room>tea</room><target>" + target + "</target><text>yours</text>");
        assertEquals("Sender/c:NotAllowed", fault.codes());
        assertEquals("not_allowed", fault.text("//c:ChatFault/c:reason"));
    }

    @Test
    void anUnknownMessageCannotBeDeleted() {
        String target = "<target>00000000-0000-7000-8000-000000000000</target>";
        ReceivedEnvelope fault = anna.request("Delete", "<room>tea</room>" + target);
        assertEquals("Sender/c:NoSuchMessage", fault.codes());
    }

    @Test
    void historyIsReadBackwardsAndReturnedInOrder() {
        for (int i = 1; i <= 5; i++) {
            sentBy(anna, "m" + i);
        }
        ReceivedEnvelope newest = boris.request("History", "<room>tea</room><limit>2</limit>");
        assertEquals("m4", newest.text("//c:message[1]/c:text"));
        assertEquals("m5", newest.text("//c:message[2]/c:text"));
        ReceivedEnvelope earlier = boris.request("History", "<room>tea</room><before>4</before><limit>2</limit>");
        assertEquals("m2", earlier.text("//c:message[1]/c:text"));
        assertEquals(2, earlier.count("//c:message"));
    }

    @Test
    void listsAreLimitedByTheServer() {
        SoapFixture small = new SoapFixture(
                new SoapSettings(new XmlLimits(32, 100, 64, 1000), 10, 3, 1_000, SoapSettings.DEFAULT.tokenTimeout()));
        SoapFixture.Member carl = small.member("carl");
        for (String room : new String[] {"a", "b", "c", "d", "e"}) {
            carl.request(Envelopes.join(room));
        }
        assertEquals(3, carl.request("Rooms", "<limit>1000</limit>").count("//c:RoomsResponse/c:room"));
        ReceivedEnvelope remainder = carl.request("Rooms", "<after>c</after>");
        assertEquals("d", remainder.text("//c:RoomsResponse/c:room[1]"));
        assertEquals(2, remainder.count("//c:RoomsResponse/c:room"));
    }

    @Test
    void membersAreListedWithTheirCount() {
        anna.request(Envelopes.join("tea"));
        boris.request(Envelopes.join("tea"));
        ReceivedEnvelope answer = anna.request("Members", "<room>tea</room><limit>1</limit>");
        assertEquals("2", answer.text("//c:count"));
        assertEquals(1, answer.count("//c:member"));
    }

    @Test
    void typingAndReadHaveEmptyResponses() {
        assertEquals(
                "TypingResponse", anna.request("Typing", "<room>tea</room>").body());
        assertEquals(
                "ReadResponse",
                anna.request("Read", "<room>tea</room><upTo><epoch>e</epoch><position>1</position></upTo>")
                        .body());
    }

    @Test
    void aGuestsNameFromJoiningAppliesToItsMessages() {
        SoapFixture.Member guest = server.guest("Guest 1");
        server.log.hold();
        guest.session.onText(Envelopes.request("Join", "<room>tea</room><name>Анна К.</name>"));
        guest.session.onText(Envelopes.send("tea", "hi"));
        server.log.resume();
        assertEquals("JoinResponse", guest.next().body());
        assertEquals("Анна К.", guest.next().text("//c:author/c:name"));
    }

    @Test
    void anAuthenticatedUserKeepsItsName() {
        anna.request("Join", "<room>tea</room><name>Admin</name>");
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
    void aRefusalIsASenderOrReceiverFault(RefusedException.Reason reason, String codes) {
        server.log.refuse(reason);
        ReceivedEnvelope fault = anna.request(Envelopes.send("tea", "hi"));
        assertEquals(codes, fault.codes());
        assertEquals(reason.name().toLowerCase(java.util.Locale.ROOT), fault.text("//c:ChatFault/c:reason"));
        assertEquals(Envelopes.MESSAGE_ID, fault.relatesTo());
    }
}
