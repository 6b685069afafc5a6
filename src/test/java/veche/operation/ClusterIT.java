package veche.operation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.REGISTER;
import static veche.testing.MessageType.REGISTERED;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.YIELD;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import veche.testing.RawClient;
import veche.testing.TextClient;
import veche.testing.Token;

/** Clients of two nodes of a cluster, on Tomcat and on Payara Micro. */
@Tag("operation")
class ClusterIT {
    private static final Pattern POSITION = Pattern.compile("\"epoch\":\"(\\w+)\",\"position\":(\\d+)");
    private static final Pattern INVOKED = Pattern.compile("^\\[" + INVOCATION + ",(\\d+),.*\\[(\\d+)]]$");
    private static final int HOPS = 200;

    private static MixedCluster cluster;

    /** In this class, so that both have the same servers. */
    @Nested
    class Mixed extends MixedClusterContract {}

    @BeforeAll
    static void start() throws IOException, SQLException {
        cluster = MixedCluster.shared();
    }

    private static URI chat(int node, String query) {
        return cluster.chat(node, query);
    }

    private static TextClient join(int node, String room) {
        TextClient client = new TextClient(chat(node, "room=" + room));
        String joined = UUID.randomUUID().toString();
        client.send(joined);
        client.awaitText(joined);
        return client;
    }

    private static RawClient wamp(int node, String token) throws IOException {
        return cluster.wamp(node, token);
    }

    private static String room() {
        return "r-" + UUID.randomUUID();
    }

    @Test
    void messagesReachTheClientsOfTheOtherNode() {
        String room = room();
        TextClient ann = join(0, room);
        TextClient bob = join(1, room);
        ann.send("from Tomcat");
        bob.awaitText("from Tomcat");
        bob.send("from Payara");
        ann.awaitText("from Payara");
        assertEquals(List.of("from Tomcat", "from Payara"), last(ann));
        assertEquals(List.of("from Tomcat", "from Payara"), last(bob));
    }

    @Test
    void manyMessagesAtOnceReachTheClientsOfTheOtherNodeInTheirOrder() {
        String room = room();
        TextClient ann = join(0, room);
        TextClient bob = join(1, room);
        int before = bob.texts().size();
        List<String> sent = IntStream.range(0, 500).mapToObj(i -> "burst " + i).toList();
        sent.forEach(ann::send);
        bob.awaitText("burst 499");
        assertEquals(sent, bob.texts().subList(before, bob.texts().size()));
    }

    private static List<String> last(TextClient client) {
        List<String> texts = client.texts();
        return texts.subList(texts.size() - 2, texts.size());
    }

    @Test
    void aPatternBasedSubscriptionIncludesRoomsThatAppearOnTheOtherNode() throws IOException {
        RawClient subscriber = wamp(0, Token.of("sub", "Subscriber"));
        subscriber.send("[" + SUBSCRIBE + ",1,{\"match\":\"prefix\"},\"veche.room.\"]");
        subscriber.nextText();
        String room = room();
        RawClient sender = wamp(1, Token.of("send", "Sender"));
        sender.send("[" + CALL + ",1,{},\"veche.send\",[\"" + room + "\",\"first\"]]");
        sender.nextText();
        String event = subscriber.nextText();
        while (!event.contains(room)) {
            event = subscriber.nextText();
        }
        assertTrue(event.contains("first"), event);
    }

    @Test
    void aClientResumesOnTheOtherNodeWithoutAGap() throws IOException {
        String room = room();
        RawClient sender = wamp(0, Token.of("send", "Sender"));
        RawClient here = wamp(1, Token.of("ann", "Ann"));
        here.send("[" + SUBSCRIBE + ",1,{},\"veche.room." + room + "\"]");
        here.nextText();
        for (int i = 0; i < 20; i++) {
            sender.send("[" + CALL + "," + (i + 1) + ",{},\"veche.send\",[\"" + room + "\",\"" + i + "\"]]");
            String result = sender.nextText();
            Matcher position = POSITION.matcher(result);
            assertTrue(position.find(), result);
            // The position is that of a message which the other node has perhaps not delivered yet.
            RawClient resuming = wamp(1, Token.of("bob", "Bob"));
            resuming.send("[" + SUBSCRIBE + ",1,{\"_after\":{\"epoch\":\"" + position.group(1) + "\",\"position\":"
                    + position.group(2) + "}},\"veche.room." + room + "\"]");
            resuming.nextText();
            String state = resuming.nextText();
            assertTrue(state.contains("\"_recovered\":true"), state);
            assertTrue(state.contains("\"_position\":" + position.group(2)), state);
            resuming.close();
        }
    }

    @Test
    void membersAndTheirSignalsAreThoseOfBothNodes() throws IOException {
        String room = room();
        RawClient observer = wamp(1, Token.of("observer", "Observer"));
        for (String topic : List.of("joined", "left", "typing")) {
            observer.send("[" + SUBSCRIBE + ",1,{},\"veche.room." + room + "." + topic + "\"]");
            observer.nextText();
        }
        RawClient ann = wamp(0, Token.of("ann", "Ann"));
        ann.send("[" + CALL + ",1,{},\"veche.join\",[\"" + room + "\"]]");
        ann.nextText();
        assertTrue(observer.nextText().contains("user:ann"));
        observer.send("[" + CALL + ",2,{},\"veche.members\",[\"" + room + "\"]]");
        assertTrue(observer.nextText().contains("user:ann"));
        ann.send("[" + CALL + ",2,{},\"veche.typing\",[\"" + room + "\"]]");
        assertTrue(observer.nextText().contains("user:ann"));
        ann.close();
        assertTrue(observer.nextText().contains("user:ann"));
        observer.send("[" + CALL + ",3,{},\"veche.members\",[\"" + room + "\"]]");
        assertFalse(observer.nextText().contains("user:ann"));
    }

    @Test
    void aMemberWhoseConnectionIsInterruptedAndWhoReturnsToTheOtherNodeHasNeitherLeftNorJoined() throws IOException {
        String room = room();
        RawClient observer = wamp(1, Token.of("observer", "Observer"));
        for (String topic : List.of("joined", "left")) {
            observer.send("[" + SUBSCRIBE + ",1,{},\"veche.room." + room + "." + topic + "\"]");
            observer.nextText();
        }
        for (int node = 0; node < 2; node++) {
            RawClient ann = wamp(node, Token.of("ann", "Ann"));
            ann.send("[" + CALL + ",1,{},\"veche.join\",[\"" + room + "\"]]");
            ann.nextText();
            if (node == 0) {
                ann.close(); // without a close frame
            }
        }
        RawClient bob = wamp(0, Token.of("bob", "Bob"));
        bob.send("[" + CALL + ",1,{},\"veche.join\",[\"" + room + "\"]]");
        assertTrue(observer.nextText().contains("user:ann"));
        String next = observer.nextText();
        assertTrue(next.contains("user:bob"), next);
    }

    @Test
    void eventsOfTopicsWithoutALogReachTheOtherNode() throws IOException {
        RawClient subscriber = wamp(1, Token.of("sub", "Subscriber"));
        for (String topic : List.of("com.shop.stock", "com.shop.price")) {
            subscriber.send("[" + SUBSCRIBE + ",1,{},\"" + topic + "\"]");
            subscriber.nextText();
        }
        RawClient publisher = wamp(0, Token.of("pub", "Publisher"));
        for (int i = 0; i < 50; i++) {
            publisher.send("[" + PUBLISH + "," + (i + 1) + ",{},\"com.shop." + (i % 2 == 0 ? "stock" : "price") + "\",["
                    + i + "]]");
        }
        for (int i = 0; i < 50; i++) {
            String event = subscriber.nextText();
            assertTrue(event.startsWith("[" + EVENT + ",") && event.endsWith(",[" + i + "]]"), event);
        }
        publisher.send("[" + PUBLISH + ",51,{\"eligible_authid\":[\"user:other\"]},\"com.shop.stock\",[\"secret\"]]");
        publisher.send("[" + PUBLISH + ",52,{\"retain\":true},\"com.shop.stock\",[\"kept\"]]");
        String event = subscriber.nextText();
        assertTrue(event.contains("kept"), event);
        RawClient late = wamp(1, Token.of("late", "Late"));
        late.send("[" + SUBSCRIBE + ",1,{\"get_retained\":true},\"com.shop.stock\"]");
        late.nextText();
        String retained = late.nextText();
        assertTrue(retained.contains("kept") && retained.contains("\"retained\":true"), retained);
    }

    @Test
    void aProcedureIsRegisteredOnceAndCalledOnBothNodes() throws IOException {
        String procedure = "com.shop.p" + UUID.randomUUID().toString().replace("-", "");
        RawClient callee = wamp(1, Token.of("callee", "Callee"));
        callee.send("[" + REGISTER + ",1,{},\"" + procedure + "\"]");
        assertTrue(callee.nextText().startsWith("[" + REGISTERED + ",1,"));
        RawClient rival = wamp(0, Token.of("rival", "Rival"));
        rival.send("[" + REGISTER + ",1,{},\"" + procedure + "\"]");
        String refused = rival.nextText();
        assertTrue(refused.contains("wamp.error.procedure_already_exists"), refused);
        RawClient caller = wamp(0, Token.of("caller", "Caller"));
        // The refusal came from the database: this node may not know the callee yet.
        await().until(() -> isRegistered(caller, procedure));
        List<Long> nanos = new ArrayList<>();
        for (int i = 2; i <= HOPS + 1; i++) {
            long sent = System.nanoTime();
            caller.send("[" + CALL + "," + i + ",{},\"" + procedure + "\",[" + i + "]]");
            Matcher invocation = INVOKED.matcher(callee.nextText());
            assertTrue(invocation.find());
            callee.send("[" + YIELD + "," + invocation.group(1) + ",{},[" + invocation.group(2) + "]]");
            assertEquals("[" + RESULT + "," + i + ",{},[" + i + "]]", caller.nextText());
            nanos.add(System.nanoTime() - sent);
        }
        print("a call of a procedure of the other node is answered after", nanos);
    }

    private static boolean isRegistered(RawClient caller, String procedure) throws IOException {
        caller.send("[" + CALL + ",1,{},\"wamp.registration.match\",[\"" + procedure + "\"]]");
        String result = caller.nextText();
        assertTrue(result.startsWith("[" + RESULT + ",1,"), result);
        return !result.contains("null");
    }

    private static void print(String what, List<Long> nanos) {
        nanos.sort(null);
        System.out.printf(
                "ClusterIT: %s %.1f ms (p50), %.1f ms (p99)%n",
                what, nanos.get(nanos.size() / 2) / 1e6, nanos.get(nanos.size() * 99 / 100) / 1e6);
    }

    @Test
    void aBanTakesEffectOnTheOtherNode() throws IOException {
        TextClient eve = new TextClient(chat(1, "room=lobby&access_token=" + Token.of("eve", "Eve")));
        RawClient moderator = wamp(0, Token.of("mod", "Moderator", "moderator"));
        moderator.send("[" + CALL + ",1,{},\"veche.ban\",[\"user:eve\"],{\"seconds\":60}]");
        String result = moderator.nextText();
        assertTrue(result.startsWith("[" + RESULT + ","), result);
        assertEquals(1008, eve.awaitClosed().code());
    }

    /** Prints the time from sending on one node until receipt on the other. */
    @Test
    void theLatencyOfAHopIsMeasured() {
        String room = room();
        TextClient sender = join(0, room);
        TextClient receiver = join(1, room);
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < HOPS; i++) {
            long sent = System.nanoTime();
            String text = "hop " + i;
            sender.send(text);
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> receiver.texts().contains(text));
            nanos.add(System.nanoTime() - sent);
        }
        print("a message reaches the other node after", nanos);
        assertEquals(HOPS, nanos.size());
    }
}
