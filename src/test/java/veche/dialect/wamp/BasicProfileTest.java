package veche.dialect.wamp;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.TestClient.dict;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.GOODBYE;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.INTERRUPT;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.REGISTER;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.SUBSCRIBED;
import static veche.testing.MessageType.UNREGISTER;
import static veche.testing.MessageType.UNREGISTERED;
import static veche.testing.MessageType.UNSUBSCRIBE;
import static veche.testing.MessageType.UNSUBSCRIBED;
import static veche.testing.MessageType.WELCOME;
import static veche.testing.MessageType.YIELD;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.CloseCode;
import veche.dialect.Frame;

class BasicProfileTest {
    private final TestRealm realm = new TestRealm();

    @AfterEach
    void close() {
        realm.close();
    }

    private static void assertAborted(TestClient client) {
        List<Object> abort = client.expect(ABORT);
        assertEquals("wamp.error.protocol_violation", abort.get(2));
        assertEquals(CloseCode.PROTOCOL_ERROR, client.closed());
    }

    @Test
    void welcomeAnnouncesBrokerAndDealerAndTheIdentity() {
        TestClient client = realm.connect("wamp.2.json");
        client.say(HELLO, "veche", dict("roles", TestClient.allRoles()));
        List<Object> welcome = client.expect(WELCOME);
        Map<?, ?> details = (Map<?, ?>) welcome.get(2);
        long session = (Long) welcome.get(1);
        assertTrue(session >= 1 && session <= 1L << 53);
        assertEquals(
                List.of("broker", "dealer"),
                ((Map<?, ?>) details.get("roles")).keySet().stream().sorted().toList());
        assertEquals("guest:1", details.get("authid"));
        assertEquals("anonymous", details.get("authmethod"));
        assertEquals("anonymous", details.get("authrole"));
    }

    @Test
    void anUnknownRealmIsAborted() {
        TestClient client = realm.connect("wamp.2.json");
        client.say(HELLO, "elsewhere", dict("roles", TestClient.allRoles()));
        assertEquals("wamp.error.no_such_realm", client.expect(ABORT).get(2));
        assertEquals(CloseCode.NORMAL, client.closed());
    }

    @Test
    void helloWithoutARoleIsAViolation() {
        TestClient client = realm.connect("wamp.2.json");
        client.say(HELLO, "veche", dict("roles", dict()));
        assertAborted(client);
    }

    @Test
    void theFirstMessageMustBeHello() {
        TestClient client = realm.connect("wamp.2.json");
        client.say(SUBSCRIBE, 1, dict(), "a.b");
        assertAborted(client);
    }

    @Test
    void aSecondHelloIsAViolation() {
        TestClient client = realm.join();
        client.say(HELLO, "veche", dict("roles", TestClient.allRoles()));
        assertAborted(client);
    }

    @Test
    void goodbyeIsAnsweredWithGoodbyeAndOut() {
        TestClient client = realm.join();
        client.say(GOODBYE, dict(), "wamp.close.close_realm");
        assertEquals(List.of(6L, dict(), "wamp.close.goodbye_and_out"), client.expect(GOODBYE));
        assertEquals(CloseCode.NORMAL, client.closed());
    }

    @Test
    void goodbyeAndOutIsAnsweredToo() {
        TestClient client = realm.join();
        client.say(GOODBYE, dict(), "wamp.close.goodbye_and_out");
        assertEquals(List.of(6L, dict(), "wamp.close.goodbye_and_out"), client.expect(GOODBYE));
        assertEquals(CloseCode.NORMAL, client.closed());
    }

    @Test
    void abortIsNotAnswered() {
        TestClient client = realm.connect("wamp.2.json");
        client.say(ABORT, dict(), "wamp.close.system_shutdown");
        assertEquals(CloseCode.NORMAL, client.closed());
        assertEquals(0, client.unread());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "[null]",
                "[\"32\",1,{},\"a.b\"]",
                "[9999,1]",
                "[32]",
                "[32,\"1\",{},\"a.b\"]",
                "[32,1,[],\"a.b\"]",
                "[32,1,{},7]",
                "[32,1,{},\"a.b\",[],{},1]",
                "[32,0,{},\"a.b\"]",
                "[32,9007199254740993,{},\"a.b\"]",
                "[32,1.5,{},\"a.b\"]",
                "[32,-1,{},\"a.b\"]",
                "[16,1,{\"acknowledge\":1},\"a.b\"]",
                "[16,1,{},\"a.b\",{}]",
                "[16,1,{},\"a.b\",[],[]]",
                "[32,1,{},\"a.b\"",
                "[32,1,{},\"a.b\"][]",
                "hello",
                "",
                "[2,1,{}]",
                "[4,\"ticket\",{}]",
                "[33,1,1]",
                "[70,1,{}]",
                "[8,48,1,{},\"a.b\"]"
            })
    void whatBreaksTheProtocolIsAborted(String text) {
        TestClient client = realm.join();
        client.give(new Frame.Text(text));
        assertAborted(client);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[16,1,{\"acknowledge\":true},\"a.b\",null,{\"a\":1}]",
                "[16,1,{\"acknowledge\":true},\"a.b\",[],null]",
                "[16,1,{\"acknowledge\":true},\"a.b\",null,null]",
                "[16,1,{\"acknowledge\":true},\"a.b\",null]",
                "[16.0,1.0,{\"acknowledge\":true},\"a.b\"]",
                "[16,1,{\"acknowledge\":true},\"a.b\",[\"\\u0000é\"]]"
            })
    void nullForAPayloadAndFloatsForIntegersAndAnyStringArePublished(String text) {
        TestClient client = realm.join();
        client.give(new Frame.Text(text));
        client.expect(PUBLISHED);
    }

    @Test
    void aSubscriberReceivesKeywordsThatCameAfterNull() {
        TestClient publisher = realm.join();
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.b");
        publisher.give(new Frame.Text("[16,1,{},\"a.b\",null,{\"a\":1}]"));
        assertEquals(
                List.of(List.of(), Map.of("a", 1L)), subscriber.expect(EVENT).subList(4, 6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamp.2.json", "wamp.2.msgpack", "wamp.2.cbor"})
    void aMessageOfTooManyElementsIsAbortedWithTheLimit(String subprotocol) {
        TestClient client = realm.join(subprotocol);
        client.request(PUBLISH, dict(), "a.b", Collections.nCopies(200_000, List.of()));
        assertEquals(
                Map.of("message", "A message has more than 100000 elements"),
                client.expect(ABORT).get(1));
        assertEquals(CloseCode.PROTOCOL_ERROR, client.closed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamp.2.json", "wamp.2.msgpack", "wamp.2.cbor"})
    void aWholeFloatIsAnIntegerInArguments(String subprotocol) {
        TestClient client = realm.join(subprotocol);
        Map<?, ?> found = (Map<?, ?>) client.call("wamp.session.get", (double) client.session);
        assertEquals(client.session, found.get("session"));
        client.request(CALL, dict(), "wamp.session.get", List.of(1.5));
        assertEquals("wamp.error.invalid_argument", client.expectError());
    }

    @Test
    void aRoomStoresWholeCharactersAndItsEventsBeginWithAVisibleNul() {
        TestClient publisher = realm.join();
        TestClient subscriber = realm.join();
        subscriber.subscribe("veche.room.lobby");
        publisher.give(new Frame.Text("[16,1,{\"acknowledge\":true},\"veche.room.lobby\",[\"\\u0000hello \\ud800\"]]"));
        publisher.expect(PUBLISHED);
        List<Object> event = subscriber.expect(EVENT);
        assertEquals(List.of("␀hello \ufffd"), event.get(4));
        assertEquals("␀hello \ufffd", ((Map<?, ?>) event.get(5)).get("text"));
    }

    @Test
    void afterAViolationNothingIsProcessedAndSubscriptionsAreGone() {
        TestClient broken = realm.join();
        TestClient other = realm.join();
        broken.subscribe("a.b");
        broken.register("a.p");
        broken.give(new Frame.Text("nonsense"));
        broken.expect(ABORT);
        broken.request(PUBLISH, dict(), "a.b");
        other.request(PUBLISH, dict("acknowledge", true), "a.b");
        other.expect(PUBLISHED);
        assertEquals(0, broken.unread());
        other.request(CALL, dict(), "a.p");
        assertEquals("wamp.error.no_such_procedure", other.expectError());
    }

    @Test
    void aFrameOfTheWrongKindIsAViolation() {
        TestClient json = realm.join();
        json.give(TestClient.FORMATS.cbor().write(List.of(6L, dict(), "a.b")));
        assertAborted(json);
    }

    @Test
    void aSubscriberHearsWhatIsPublished() {
        TestClient subscriber = realm.join();
        TestClient publisher = realm.join();
        long subscription = subscriber.subscribe("com.example.topic");
        publisher.request(PUBLISH, dict(), "com.example.topic", List.of("x", 7L), dict("k", null));
        List<Object> event = subscriber.expect(EVENT);
        assertEquals(subscription, event.get(1));
        assertEquals(List.of(dict(), List.of("x", 7L), dict("k", null)), event.subList(3, 6));
    }

    @Test
    void anEventWithoutArgumentsCarriesNone() {
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.b");
        realm.join().request(PUBLISH, dict(), "a.b", List.of(), dict());
        assertEquals(4, subscriber.expect(EVENT).size());
    }

    @Test
    void thePublisherDoesNotHearItself() {
        TestClient client = realm.join();
        client.subscribe("a.b");
        client.request(PUBLISH, dict("acknowledge", true), "a.b");
        client.expect(PUBLISHED);
        client.expectNothing();
    }

    @Test
    void anUnacknowledgedPublicationIsNotAnsweredEvenIfRefused() {
        TestClient client = realm.join();
        client.request(PUBLISH, dict(), "a.b");
        client.request(PUBLISH, dict(), "wamp.mine");
        client.request(PUBLISH, dict(), "not a uri");
        client.expectNothing();
    }

    @Test
    void publishedAndEventCarryTheSamePublicationId() {
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.b");
        TestClient publisher = realm.join();
        publisher.request(PUBLISH, dict("acknowledge", true), "a.b");
        assertEquals(
                publisher.expect(PUBLISHED).get(2), subscriber.expect(EVENT).get(2));
    }

    @Test
    void subscribingAgainGivesTheSameSubscription() {
        TestClient client = realm.join();
        long first = client.subscribe("a.b");
        assertEquals(first, client.subscribe("a.b"));
        realm.join().request(PUBLISH, dict(), "a.b");
        client.expect(EVENT);
        client.expectNothing();
    }

    @Test
    void oneTopicHasOneSubscriptionForEveryone() {
        assertEquals(realm.join().subscribe("a.b"), realm.join().subscribe("a.b"));
        assertNotEquals(realm.join().subscribe("a.b"), realm.join().subscribe("a.c"));
    }

    @Test
    void afterUnsubscribedNoEventComes() {
        TestClient client = realm.join();
        long subscription = client.subscribe("a.b");
        long request = client.request(UNSUBSCRIBE, subscription);
        assertEquals(List.of(35L, request), client.expect(UNSUBSCRIBED));
        TestClient publisher = realm.join();
        publisher.request(PUBLISH, dict("acknowledge", true), "a.b");
        publisher.expect(PUBLISHED);
        client.expectNothing();
    }

    @Test
    void unsubscribingWhatIsNotSubscribedIsAnError() {
        TestClient client = realm.join();
        client.request(UNSUBSCRIBE, realm.join().subscribe("a.b"));
        assertEquals("wamp.error.no_such_subscription", client.expectError());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", ".a", "a.", "a b", "a.#", "a\tb"})
    void whatIsNoUriIsRefused(String uri) {
        TestClient client = realm.join();
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
    void looseUrisMayHoldAnyVisibleCharacter() {
        TestClient client = realm.join();
        client.subscribe("Ком.Вече-1.http://x/y");
    }

    @Test
    void strictUrisHoldLowerCaseDigitsAndUnderscores() {
        WampSettings standard = WampSettings.DEFAULT;
        WampSettings strict = new WampSettings(
                "veche",
                true,
                false,
                standard.helloTimeout(),
                standard.goodbyeTimeout(),
                standard.administrators(),
                standard.limits(),
                standard.chat(),
                standard.reading());
        try (TestRealm strictRealm = new TestRealm(strict, List.of(new veche.dialect.wamp.auth.Anonymous()))) {
            TestClient client = strictRealm.join();
            client.subscribe("com.example_1.a");
            client.request(SUBSCRIBE, dict(), "com.Example");
            assertEquals("wamp.error.invalid_uri", client.expectError());
        }
    }

    @Test
    void applicationsCannotUseTheProtocolsNames() {
        TestClient client = realm.join();
        client.request(REGISTER, dict(), "wamp.session.count");
        assertEquals("wamp.error.invalid_uri", client.expectError());
        client.request(PUBLISH, dict("acknowledge", true), "wamp.session.on_join");
        assertEquals("wamp.error.invalid_uri", client.expectError());
        client.request(REGISTER, dict(), "veche.send");
        assertEquals("wamp.error.not_authorized", client.expectError());
        client.request(PUBLISH, dict("acknowledge", true), "veche.room.a.typing");
        assertEquals("wamp.error.not_authorized", client.expectError());
    }

    @Test
    void aCallReachesTheCalleeAndItsResultTheCaller() {
        TestClient callee = realm.join();
        TestClient caller = realm.join();
        long registration = callee.register("com.example.add");
        long call = caller.request(CALL, dict(), "com.example.add", List.of(2L, 3L), dict("unit", "m"));
        List<Object> invocation = callee.expect(INVOCATION);
        assertEquals(List.of(68L, 1L, registration, dict(), List.of(2L, 3L), dict("unit", "m")), invocation);
        callee.say(YIELD, 1L, dict(), List.of(5L), dict("unit", "m"));
        assertEquals(List.of(50L, call, dict(), List.of(5L), dict("unit", "m")), caller.expect(RESULT));
    }

    @Test
    void invocationIdsCountUpByOneForEachCallee() {
        TestClient callee = realm.join();
        callee.register("a.p");
        for (long id = 1; id <= 5; id++) {
            realm.join().request(CALL, dict(), "a.p");
            assertEquals(id, callee.expect(INVOCATION).get(1));
        }
    }

    @Test
    void aCalleesErrorReachesTheCaller() {
        TestClient callee = realm.join();
        TestClient caller = realm.join();
        callee.register("a.p");
        long call = caller.request(CALL, dict(), "a.p");
        long invocation = (Long) callee.expect(INVOCATION).get(1);
        callee.say(ERROR, 68, invocation, dict(), "com.example.error", List.of("no"), dict("why", 1L));
        assertEquals(
                List.of(8L, 48L, call, dict(), "com.example.error", List.of("no"), dict("why", 1L)),
                caller.expect(ERROR));
    }

    @Test
    void callingWhatNobodyAnswersIsAnError() {
        TestClient caller = realm.join();
        caller.request(CALL, dict(), "com.example.none");
        assertEquals("wamp.error.no_such_procedure", caller.expectError());
    }

    @Test
    void aProcedureIsRegisteredOnce() {
        TestClient callee = realm.join();
        callee.register("a.p");
        callee.request(REGISTER, dict(), "a.p");
        assertEquals("wamp.error.procedure_already_exists", callee.expectError());
        TestClient other = realm.join();
        other.request(REGISTER, dict(), "a.p");
        assertEquals("wamp.error.procedure_already_exists", other.expectError());
    }

    @Test
    void afterUnregisteredTheProcedureIsFree() {
        TestClient callee = realm.join();
        long registration = callee.register("a.p");
        callee.request(UNREGISTER, registration);
        callee.expect(UNREGISTERED);
        realm.join().register("a.p");
        callee.request(UNREGISTER, registration);
        assertEquals("wamp.error.no_such_registration", callee.expectError());
    }

    @Test
    void aCalleeThatLeavesFailsItsCalls() {
        TestClient callee = realm.join();
        TestClient caller = realm.join();
        callee.register("a.p");
        long call = caller.request(CALL, dict(), "a.p");
        callee.expect(INVOCATION);
        callee.vanish();
        List<Object> error = caller.expect(ERROR);
        assertEquals(List.of(8L, 48L, call), error.subList(0, 3));
        assertEquals("wamp.error.canceled", error.get(4));
    }

    @Test
    void aCallerThatLeavesInterruptsTheCalleeWhoseLateYieldIsDropped() {
        TestClient callee = realm.join();
        TestClient caller = realm.join();
        callee.register("a.p");
        caller.request(CALL, dict(), "a.p");
        long invocation = (Long) callee.expect(INVOCATION).get(1);
        caller.vanish();
        assertEquals(List.of(69L, invocation, dict("mode", "killnowait")), callee.expect(INTERRUPT));
        callee.say(YIELD, invocation, dict());
        callee.expectNothing();
    }

    @Test
    void yieldForAnInvocationThatNeverWasIsAViolation() {
        TestClient callee = realm.join();
        callee.register("a.p");
        callee.say(YIELD, 1, dict());
        assertAborted(callee);
    }

    @Test
    void aSlowCalleeDoesNotHoldUpAnother() {
        TestClient slow = realm.join();
        TestClient quick = realm.join();
        TestClient caller = realm.join();
        slow.register("a.slow");
        quick.register("a.quick");
        long slowCall = caller.request(CALL, dict(), "a.slow");
        long quickCall = caller.request(CALL, dict(), "a.quick");
        quick.say(YIELD, (Long) quick.expect(INVOCATION).get(1), dict());
        assertEquals(quickCall, caller.expect(RESULT).get(1));
        slow.say(YIELD, (Long) slow.expect(INVOCATION).get(1), dict());
        assertEquals(slowCall, caller.expect(RESULT).get(1));
    }

    @Test
    void wholeNumbersMayComeAsFloatingPointOnes() {
        TestClient one = realm.join("wamp.2.msgpack");
        TestClient two = realm.join("wamp.2.msgpack");
        two.say(SUBSCRIBE, 1.0, dict(), "a.b");
        two.expect(SUBSCRIBED);
        one.request(PUBLISH, dict("eligible", List.of((double) two.session)), "a.b");
        two.expect(EVENT);
    }

    @Test
    void unknownOptionsAreIgnored() {
        TestClient client = realm.join();
        client.request(SUBSCRIBE, dict("_mine", 1L, "future_option", dict()), "a.b");
        client.expect(SUBSCRIBED);
    }

    @Test
    void aClientThatSaysNothingIsClosed() {
        WampSettings standard = WampSettings.DEFAULT;
        WampSettings hasty = new WampSettings(
                "veche",
                false,
                false,
                java.time.Duration.ofMillis(50),
                standard.goodbyeTimeout(),
                standard.administrators(),
                standard.limits(),
                standard.chat(),
                standard.reading());
        try (TestRealm hastyRealm = new TestRealm(hasty, List.of(new veche.dialect.wamp.auth.Anonymous()))) {
            TestClient joined = hastyRealm.join();
            TestClient mute = hastyRealm.connect("wamp.2.json");
            await().until(() -> mute.closed() == CloseCode.POLICY);
            assertNull(joined.closed());
        }
    }

    @Test
    void anEventIsWordedOncePerFormatForAllWhoHearIt() {
        TestClient one = realm.join("wamp.2.msgpack");
        TestClient two = realm.join("wamp.2.msgpack");
        one.subscribe("a.b");
        two.subscribe("a.b");
        realm.join().request(PUBLISH, dict(), "a.b", List.of("x"));
        one.expect(EVENT);
        two.expect(EVENT);
        assertSame(
                one.frames().get(one.frames().size() - 1),
                two.frames().get(two.frames().size() - 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wamp.2.json",
                "wamp.2.msgpack",
                "wamp.2.cbor",
                "wamp.2.json.batched",
                "wamp.2.msgpack.batched",
                "wamp.2.cbor.batched"
            })
    void everySerializationSpeaksWithEveryOther(String subprotocol) {
        TestClient one = realm.join(subprotocol);
        TestClient json = realm.join();
        one.subscribe("a.b");
        json.subscribe("a.c");
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(new byte[] {0, 1, -1});
        List<Object> args =
                java.util.Arrays.asList("тест", 1L << 60, -1L, 0.5, true, null, bytes, dict("d", List.of()));
        json.request(PUBLISH, dict(), "a.b", args);
        assertEquals(args, one.expect(EVENT).get(4));
        one.request(PUBLISH, dict(), "a.c", args);
        assertEquals(args, json.expect(EVENT).get(4));
    }
}
