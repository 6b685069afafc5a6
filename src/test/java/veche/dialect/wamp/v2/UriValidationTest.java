package veche.dialect.wamp.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.REGISTER;
import static veche.testing.MessageType.SUBSCRIBE;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.Frame;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;
import veche.dialect.wamp.WampSettings;
import veche.dialect.wamp.auth.Anonymous;

/** Which URIs of topics and procedures are valid, and which are reserved. */
class UriValidationTest {
    private final TestRealm realm = new TestRealm();
    private final TestClient client = realm.join();

    @AfterEach
    void close() {
        realm.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", ".a", "a.", "a b", "a.#", "a\tb"})
    void anInvalidUriIsRejected(String uri) {
        client.request(SUBSCRIBE, dict(), uri);
        assertEquals("wamp.error.invalid_uri", client.expectError());
        client.request(CALL, dict(), uri);
        assertEquals("wamp.error.invalid_uri", client.expectError());
        client.request(REGISTER, dict(), uri);
        assertEquals("wamp.error.invalid_uri", client.expectError());
        client.request(PUBLISH, dict("acknowledge", true), uri);
        assertEquals("wamp.error.invalid_uri", client.expectError());
    }

    @Test
    void looseUrisMayContainAnyVisibleCharacter() {
        client.subscribe("Ком.Вече-1.http://x/y");
    }

    @Test
    void strictUrisAllowOnlyLowerCaseDigitsAndUnderscores() {
        WampSettings standard = WampSettings.DEFAULT;
        WampSettings strict = new WampSettings(
                "veche",
                true,
                false,
                standard.helloTimeout(),
                standard.goodbyeTimeout(),
                standard.administrators(),
                TestRealm.EVERY_ACTION,
                standard.limits(),
                standard.chat(),
                standard.reading(),
                standard.authorizer());
        try (TestRealm strictRealm = new TestRealm(strict, List.of(new Anonymous()))) {
            TestClient strictClient = strictRealm.join();
            strictClient.subscribe("com.example_1.a");
            strictClient.request(SUBSCRIBE, dict(), "com.Example");
            assertEquals("wamp.error.invalid_uri", strictClient.expectError());
        }
    }

    @Test
    void reservedUrisAreRejected() {
        client.request(REGISTER, dict(), "wamp.session.count");
        assertEquals("wamp.error.invalid_uri", client.expectError());
        client.request(PUBLISH, dict("acknowledge", true), "wamp.session.on_join");
        assertEquals("wamp.error.invalid_uri", client.expectError());
        client.request(REGISTER, dict(), "veche.send");
        assertEquals("wamp.error.not_authorized", client.expectError());
        client.request(PUBLISH, dict("acknowledge", true), "veche.room.a.typing");
        assertEquals("wamp.error.not_authorized", client.expectError());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[" + SUBSCRIBE + ",1,{},\"a.\\ud800\"]",
                "[" + REGISTER + ",1,{},\"a.\\udc00\"]",
                "[" + CALL + ",1,{},\"\\ud800\\ud800\"]",
                "[" + PUBLISH + ",1,{\"acknowledge\":true},\"a.\ufffd\"]"
            })
    void aUriWithUnpairedSurrogatesIsRejected(String request) {
        client.sendFrame(new Frame.Text(request));
        assertEquals("wamp.error.invalid_uri", client.expectError());
        client.expectNothing();
    }

    @ParameterizedTest
    @CsvSource({
        "wamp, wamp.error.invalid_uri",
        "wamp.x, wamp.error.invalid_uri",
        "veche, wamp.error.not_authorized",
        "veche.x, wamp.error.not_authorized"
    })
    void theFirstUriComponentsOfTheServerAreReserved(String uri, String error) {
        client.request(REGISTER, dict(), uri);
        assertEquals(error, client.expectError());
        client.request(REGISTER, dict("match", "prefix"), uri);
        assertEquals(error, client.expectError());
        client.request(PUBLISH, dict("acknowledge", true), uri);
        assertEquals(error, client.expectError());
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamper", "vechery.x"})
    void aUriThatOnlyBeginsLikeAReservedComponentIsAllowed(String uri) {
        client.register(uri);
        client.request(PUBLISH, dict("acknowledge", true), uri);
        client.expect(PUBLISHED);
    }
}
