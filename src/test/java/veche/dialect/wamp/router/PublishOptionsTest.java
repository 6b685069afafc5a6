package veche.dialect.wamp.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;
import veche.room.Author;

/** Options of PUBLISH (advanced profile): exclusion, eligibility, disclosure, payload passthru. */
class PublishOptionsTest {
    private final TestRealm realm = new TestRealm();
    private final TestClient publisher = realm.join();

    @AfterEach
    void close() {
        realm.close();
    }

    @Test
    void excludeMeFalseIncludesThePublisher() {
        publisher.subscribe("a.b");
        publisher.request(PUBLISH, dict("exclude_me", false), "a.b");
        publisher.expect(EVENT);
    }

    @ParameterizedTest
    @CsvSource({
        "exclude, session, 1",
        "exclude_authid, user:alice, 1",
        "exclude_authrole, anonymous, none",
        "eligible, session, 0",
        "eligible_authid, user:alice, 0",
        "eligible_authrole, anonymous, 0 1",
        "eligible_authrole, boss, none"
    })
    void listsSelectTheReceivers(String option, String value, String expected) {
        TestClient alice = realm.connect("wamp.2.json", new Author("user:alice", "Alice"));
        alice.hello();
        TestClient bob = realm.connect("wamp.2.json", new Author("user:bob", "Bob"));
        bob.hello();
        List<TestClient> all = List.of(alice, bob);
        all.forEach(client -> client.subscribe("a.b"));
        Object entry = value.equals("session") ? (Object) alice.session : value;
        publisher.request(PUBLISH, dict("acknowledge", true, option, List.of(entry)), "a.b");
        publisher.expect(PUBLISHED);
        List<String> received = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).unread() > 0) {
                received.add(String.valueOf(i));
            }
        }
        assertEquals(expected.equals("none") ? "" : expected, String.join(" ", received));
    }

    @Test
    void aListOfTheWrongTypeIsAProtocolViolation() {
        publisher.request(PUBLISH, dict("exclude", List.of("x")), "a.b");
        assertEquals("wamp.error.protocol_violation", publisher.expect(ABORT).get(2));
    }

    @Test
    void aPublisherThatDisclosesItselfIsIdentifiedToSubscribers() {
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.b");
        publisher.request(PUBLISH, dict("disclose_me", true), "a.b");
        assertEquals(
                dict(
                        "publisher", publisher.session,
                        "publisher_authid", "guest:1",
                        "publisher_authrole", "anonymous"),
                subscriber.expect(EVENT).get(3));
    }

    @Test
    void aPassthruPayloadIsForwardedWithItsAttributes() {
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.b");
        publisher.request(PUBLISH, dict("ppt_scheme", "x_mine", "ppt_keyid", "k"), "a.b", List.of("x"));
        assertEquals(
                dict("ppt_scheme", "x_mine", "ppt_keyid", "k"),
                subscriber.expect(EVENT).get(3));
    }
}
