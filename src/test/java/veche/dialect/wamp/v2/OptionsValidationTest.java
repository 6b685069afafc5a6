package veche.dialect.wamp.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.SUBSCRIBE;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import veche.dialect.CloseCode;
import veche.dialect.Frame;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;

/**
 * The samples "options_validation" of wamp-proto's testsuite/singlemessage/basic, publish.json and subscribe.json, for
 * the features that this router announces, on an ordinary topic and on the topic of a room.
 */
class OptionsValidationTest {
    private static final List<String> TOPICS = List.of("com.example.topic", "veche.room.options");

    private static final List<String> VALID_PUBLISH = List.of(
            "{'acknowledge':true}",
            "{'acknowledge':false}",
            "{'exclude_me':true}",
            "{'exclude_me':false}",
            "{'exclude':[]}",
            "{'exclude':[123,456,789]}",
            "{'exclude_authid':[]}",
            "{'exclude_authid':['alice','bob']}",
            "{'exclude_authrole':['manager','staff']}",
            "{'eligible':[]}",
            "{'eligible':[123,456]}",
            "{'eligible_authid':['alice']}",
            "{'eligible_authrole':['manager']}",
            "{'retain':true}",
            "{'retain':false}",
            "{'transaction_hash':'abc123'}",
            "{'forward_for':[]}",
            "{'forward_for':[{'session':123,'authid':'router1','authrole':'router'}]}");

    private static final List<String> INVALID_PUBLISH = List.of(
            "{'acknowledge':'hello'}",
            "{'acknowledge':1}",
            "{'exclude_me':'hello'}",
            "{'exclude':'hello'}",
            "{'exclude':['hello']}",
            "{'exclude_authid':'hello'}",
            "{'exclude_authid':[123]}",
            "{'exclude_authrole':'manager'}",
            "{'eligible':'hello'}",
            "{'eligible_authid':123}",
            "{'eligible_authrole':[123]}",
            "{'retain':'hello'}");

    private static final List<String> VALID_SUBSCRIBE = List.of(
            "{'match':'exact'}",
            "{'match':'prefix'}",
            "{'match':'wildcard'}",
            "{'get_retained':true}",
            "{'get_retained':false}",
            "{'forward_for':[]}",
            "{'forward_for':[{'session':123,'authid':'router1','authrole':'router'}]}");

    private static final List<String> INVALID_SUBSCRIBE =
            List.of("{'match':'invalid'}", "{'match':123}", "{'get_retained':'hello'}");

    private final TestRealm realm = new TestRealm();
    private final TestClient client = realm.join();

    @AfterEach
    void close() {
        realm.close();
    }

    static Stream<Arguments> valid() {
        return Stream.concat(messages(PUBLISH, VALID_PUBLISH), messages(SUBSCRIBE, VALID_SUBSCRIBE));
    }

    static Stream<Arguments> invalid() {
        return Stream.concat(messages(PUBLISH, INVALID_PUBLISH), messages(SUBSCRIBE, INVALID_SUBSCRIBE));
    }

    private static Stream<Arguments> messages(int type, List<String> options) {
        return options.stream()
                .flatMap(dict -> TOPICS.stream()
                        .map(topic -> ("[" + type + ",1," + dict + ",'" + topic + "']").replace('\'', '"')))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidOptionIsAccepted(String message) {
        client.sendFrame(new Frame.Text(message));
        client.sendMessage(CALL, 2, dict(), "wamp.session.count");
        while (!client.next().subList(0, 2).equals(List.of((long) RESULT, 2L))) {
            assertEquals(null, client.closeCode());
        }
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidOptionIsAProtocolViolationThatNamesIt(String message) {
        client.sendFrame(new Frame.Text(message));
        List<Object> abort = client.expect(ABORT);
        assertEquals("wamp.error.protocol_violation", abort.get(2));
        assertEquals(CloseCode.PROTOCOL_ERROR, client.closeCode());
        String option = message.split("\"")[1];
        assertTrue(abort.get(1).toString().contains(option), () -> option + " in " + abort);
    }
}
