package veche.dialect.wamp.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;

/** A publication with an option that a room does not support is rejected; the option is not ignored. */
class RoomOptionsTest {
    private static final String LOBBY = "veche.room.lobby";

    private final TestRealm realm = new TestRealm();
    private final TestClient publisher = realm.join();
    private final TestClient subscriber = realm.join();

    @AfterEach
    void close() {
        realm.close();
    }

    @ParameterizedTest
    @CsvSource({
        "disclose_me, true, wamp.error.option_disallowed.disclose_me",
        "ppt_scheme, x_mine, wamp.error.feature_not_supported"
    })
    void anOptionThatRoomsDoNotSupportIsRejected(String option, String value, String error) {
        subscriber.subscribe(LOBBY);
        Map<String, Object> options = dict(option, value.equals("true") ? true : value);
        publisher.request(
                CALL,
                dict(),
                "wamp.session.add_testament",
                List.of(LOBBY, List.of("x"), dict()),
                dict("publish_options", options));
        assertEquals(error, publisher.expectError());
        options.put("acknowledge", true);
        publisher.request(PUBLISH, options, LOBBY, List.of("x"));
        assertEquals(error, publisher.expectError());
        subscriber.expectNothing();
    }

    @ParameterizedTest
    @CsvSource({"disclose_me, false", "ppt_scheme, ''"})
    void anOptionWithoutEffectIsAccepted(String option, String value) {
        subscriber.subscribe(LOBBY);
        publisher.request(
                PUBLISH, dict(option, value.equals("false") ? false : value, "acknowledge", true), LOBBY, List.of("x"));
        publisher.expect(PUBLISHED);
        assertEquals(List.of("x"), subscriber.expect(EVENT).get(4));
    }
}
