package veche.dialect.wamp.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.message;
import static veche.testing.MessageType.V1_CALL;
import static veche.testing.MessageType.V1_CALLERROR;
import static veche.testing.MessageType.V1_CALLRESULT;
import static veche.testing.MessageType.V1_EVENT;
import static veche.testing.MessageType.V1_PREFIX;
import static veche.testing.MessageType.V1_PUBLISH;
import static veche.testing.MessageType.V1_SUBSCRIBE;
import static veche.testing.MessageType.V1_UNSUBSCRIBE;
import static veche.testing.MessageType.V1_WELCOME;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.CloseCode;
import veche.dialect.Frame;
import veche.dialect.wamp.TestClient;

/** The messages of WAMP v1. */
class V1SessionTest extends V1Fixture {
    private static final int UNDEFINED = 99;

    @Test
    void welcomeIsTheFirstMessage() {
        TestClient client = realm.connect("wamp");
        List<Object> welcome = client.expect(V1_WELCOME);
        assertTrue(((String) welcome.get(1)).length() > 4);
        assertEquals(List.of(1L, "Veche"), welcome.subList(2, 4));
    }

    @Test
    void aCallResultHasTheIdOfTheCall() {
        TestClient client = open().client();
        client.sendMessage(V1_CALL, "7DK6TdN4wLiUJgNM", "http://veche/rpc#rooms");
        assertEquals(message(V1_CALLRESULT, "7DK6TdN4wLiUJgNM", List.of()), client.expect(V1_CALLRESULT));
    }

    @Test
    void aNullResultIsPresent() {
        TestClient client = open().client();
        client.sendMessage(V1_CALL, "x", "http://veche/rpc#typing", "lobby");
        assertEquals(message(V1_CALLRESULT, "x", null), client.expect(V1_CALLRESULT));
    }

    @Test
    void anUnknownProcedureIsACallError() {
        TestClient client = open().client();
        client.sendMessage(V1_CALL, "x", "http://example.com/none");
        List<Object> error = client.expect(V1_CALLERROR);
        assertEquals(List.of("x", "http://api.wamp.ws/error#NoSuchRPCEndpoint"), error.subList(1, 3));
        assertTrue(error.get(3) instanceof String);
        assertEquals(4, error.size());
    }

    @Test
    void aCurieIsExpandedByTheLatestPrefix() {
        TestClient one = open().client();
        TestClient two = open().client();
        one.sendMessage(V1_PREFIX, "ex", "http://wrong/");
        one.sendMessage(V1_PREFIX, "ex", "http://example.com/");
        one.sendMessage(V1_SUBSCRIBE, "ex:simple");
        two.sendMessage(V1_PUBLISH, TOPIC, "hello");
        assertEquals(message(V1_EVENT, TOPIC, "hello"), one.expect(V1_EVENT));
    }

    @Test
    void aPrefixIsLocalToItsConnection() {
        TestClient one = open().client();
        TestClient two = open().client();
        one.sendMessage(V1_PREFIX, "ex", "http://example.com/");
        two.sendMessage(V1_SUBSCRIBE, "ex:simple");
        one.sendMessage(V1_PUBLISH, "ex:simple", 1);
        one.sendMessage(V1_PUBLISH, "http://example.com/x", 2);
        two.sendMessage(V1_SUBSCRIBE, "http://example.com/x");
        one.sendMessage(V1_PUBLISH, "http://example.com/x", 3);
        assertEquals(message(V1_EVENT, "http://example.com/x", 3L), two.expect(V1_EVENT));
    }

    @Test
    void noEventArrivesAfterUnsubscribe() {
        TestClient one = open().client();
        TestClient two = open().client();
        one.sendMessage(V1_SUBSCRIBE, TOPIC);
        one.sendMessage(V1_SUBSCRIBE, BARRIER);
        one.sendMessage(V1_UNSUBSCRIBE, TOPIC);
        two.sendMessage(V1_PUBLISH, TOPIC, 1);
        two.sendMessage(V1_PUBLISH, BARRIER, 2);
        assertEquals(message(V1_EVENT, BARRIER, 2L), one.expect(V1_EVENT));
    }

    @Test
    void anInvalidPublishOrSubscribeIsIgnored() {
        TestClient client = open().client();
        client.sendMessage(V1_SUBSCRIBE, "");
        client.sendMessage(V1_UNSUBSCRIBE, TOPIC);
        client.sendMessage(V1_PUBLISH, "wamp.session.on_join", 1);
        client.sendMessage(V1_PUBLISH, "http://veche/room#Not A Room", "x");
        client.sendMessage(V1_CALL, "x", "http://veche/rpc#rooms");
        client.expect(V1_CALLRESULT);
        assertNull(client.closeCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "{}",
                "[]",
                "[" + V1_WELCOME + "]",
                "[\"" + V1_PUBLISH + "\"]",
                "[" + V1_CALLRESULT + ",\"x\",null]",
                "[" + V1_EVENT + ",\"t\",1]",
                "[" + V1_PREFIX + ",\"p\",{}]",
                "[" + V1_CALL + ",\"x\"]",
                "[" + V1_SUBSCRIBE + "]",
                "[" + V1_PUBLISH + ",\"t\"]",
                "[" + V1_PUBLISH + ",\"t\",1,2]",
                "[" + V1_PUBLISH + ",\"t\",1,[],1]",
                "[" + V1_PUBLISH + ",\"t\",1,[],[],1]",
                "[" + UNDEFINED + ",1]",
                "[" + V1_CALL + ",1,\"p\"]"
            })
    void aMalformedMessageClosesTheConnection(String text) {
        TestClient client = open().client();
        client.sendFrame(new Frame.Text(text));
        assertEquals(CloseCode.PROTOCOL_ERROR, client.closeCode());
    }

    @Test
    void aBinaryMessageIsIgnored() {
        TestClient client = open().client();
        client.sendFrame(new Frame.Binary(ByteBuffer.wrap(new byte[] {1})));
        client.sendMessage(V1_CALL, "x", "http://veche/rpc#rooms");
        client.expect(V1_CALLRESULT);
    }
}
