package veche.operation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.testing.MessageType.AUTHENTICATE;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.WELCOME;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import veche.testing.RawClient;
import veche.testing.RawHandshake;
import veche.testing.TextClient;
import veche.testing.Token;

/** Requirements on nodes on Tomcat, Payara Micro and WildFly, directly and behind PgBouncer, with and without signals. */
abstract class MixedClusterContract {
    private static final Pattern NODE = Pattern.compile("\"name\":\"(tomcat|payara|wildfly)\",\"version\":\"[0-9.]+");
    private static final int TOMCAT = 0;
    /** No signals arrive there. */
    private static final int WILDFLY = 2;

    private static MixedCluster cluster;

    @BeforeAll
    static void start() throws IOException, SQLException {
        cluster = MixedCluster.shared();
    }

    private static List<TextClient> join(String room) {
        List<TextClient> clients = IntStream.range(0, cluster.size())
                .mapToObj(node -> new TextClient(cluster.chat(node, "room=" + room)))
                .toList();
        for (TextClient client : clients) {
            String joined = UUID.randomUUID().toString();
            client.send(joined);
            client.awaitText(joined);
        }
        return clients;
    }

    private static String room() {
        return "r-" + UUID.randomUUID();
    }

    @Test
    void messagesOfEveryNodeReachTheClientsOfAllNodesInTheSameOrder() {
        List<TextClient> clients = join(room());
        for (int i = 0; i < 50; i++) {
            for (TextClient client : clients) {
                client.send("message " + i);
            }
        }
        int expected = 50 * clients.size();
        for (TextClient client : clients) {
            await().until(() -> messages(client).size() == expected);
        }
        assertEquals(messages(clients.get(0)), messages(clients.get(1)));
        assertEquals(messages(clients.get(0)), messages(clients.get(2)));
    }

    private static List<String> messages(TextClient client) {
        return client.texts().stream()
                .filter(text -> text.startsWith("message"))
                .toList();
    }

    @Test
    void signalsArriveOnConnectionsThatBypassPgBouncer() {
        List<String> expected = List.of("1.0", "1.0", "0.0");
        for (int node = 0; node < cluster.size(); node++) {
            int each = node;
            await().untilAsserted(() -> {
                assertEquals("3.0", metric(each, "veche_nodes"));
                assertEquals(expected.get(each), metric(each, "veche_feed_signals"), "of node " + each);
            });
        }
    }

    private static String metric(int node, String name) throws IOException {
        return cluster.metrics(node)
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }

    @Test
    void theAdministrationOfEveryNodeListsAllNodes() {
        for (int node = 0; node < cluster.size(); node++) {
            String address = cluster.address(node);
            await().until(() -> nodes(address), Set.of("tomcat", "payara", "wildfly")::equals);
        }
    }

    private static Set<String> nodes(String address) throws IOException {
        HttpURLConnection state = (HttpURLConnection)
                URI.create("http://" + address + "/admin/api/state").toURL().openConnection();
        state.setRequestProperty("Authorization", "Bearer " + Token.of("mod", "Moderator", "moderator"));
        String json = new String(state.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Set<String> names = new TreeSet<>();
        Matcher matcher = NODE.matcher(json);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    @Test
    void theConnectionsOfAUserToAllNodesAreLimitedTogether() {
        String token = Token.of("many", "Many");
        List<TextClient> open = new ArrayList<>();
        for (int i = 0; i < MixedCluster.MAX_CONNECTIONS_PER_USER; i++) {
            open.add(new TextClient(cluster.chat(i % 2, "room=lobby&access_token=" + token)));
        }
        URI third = cluster.chat(WILDFLY, "room=lobby&access_token=" + token);
        await().until(() -> RawHandshake.of(third).status() == 429);
        open.forEach(TextClient::close);
        await().until(() -> RawHandshake.of(third).status() == 101);
    }

    /** Waits for the effect of a change on the node without signals, and prints how long it took. */
    private static void awaitEffect(String change, Callable<Boolean> effect) {
        long changed = System.nanoTime();
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).until(effect);
        System.out.printf(
                "ClusterIT: without signals, %s takes effect after %d ms%n",
                change, (System.nanoTime() - changed) / 1_000_000);
    }

    private static String send(RawClient client, int request, String room) throws IOException {
        client.send("[" + CALL + "," + request + ",{},\"veche.send\",[\"" + room + "\",\"text\"]]");
        return client.nextText();
    }

    @Test
    void aChangeOfTheRulesTakesEffectWithoutSignals() throws Exception {
        String room = room();
        RawClient writer = cluster.wamp(WILDFLY, Token.of("writer", "Writer"));
        assertTrue(send(writer, 1, room).startsWith("[" + RESULT + ","));
        cluster.database().execute("INSERT INTO veche_rule VALUES ('user:writer', '" + room + "', '-write')");
        int[] request = {1};
        awaitEffect("a rule", () -> !send(writer, ++request[0], room).startsWith("[" + RESULT + ","));
    }

    @Test
    void aBanOfAnotherNodeTakesEffectWithoutSignals() throws IOException {
        TextClient eve =
                new TextClient(cluster.chat(WILDFLY, "room=lobby&access_token=" + Token.of("mallory", "Mallory")));
        RawClient moderator = cluster.wamp(TOMCAT, Token.of("mod", "Moderator", "moderator"));
        moderator.send("[" + CALL + ",1,{},\"veche.ban\",[\"user:mallory\"],{\"seconds\":60}]");
        assertTrue(moderator.nextText().startsWith("[" + RESULT + ","));
        awaitEffect("a ban", () -> !eve.isOpen());
        assertEquals(1008, eve.awaitClosed().code());
    }

    @Test
    void revocationsOfAnotherNodeAndOfTheApplicationTakeEffectWithoutSignals() throws Exception {
        TextClient oscar =
                new TextClient(cluster.chat(WILDFLY, "room=lobby&access_token=" + Token.of("oscar", "Oscar")));
        RawClient moderator = cluster.wamp(TOMCAT, Token.of("mod", "Moderator", "moderator"));
        moderator.send("[" + CALL + ",1,{},\"veche.revoke\",[\"user:oscar\"]]");
        assertTrue(moderator.nextText().startsWith("[" + RESULT + ","));
        awaitEffect("a revocation", () -> !oscar.isOpen());
        TextClient peggy =
                new TextClient(cluster.chat(WILDFLY, "room=lobby&access_token=" + Token.of("peggy", "Peggy")));
        cluster.database().execute("INSERT INTO veche_revocation (author_id) VALUES ('user:peggy')");
        awaitEffect("a revocation by the application", () -> !peggy.isOpen());
    }

    @Test
    void credentialsOfTheTableTakeEffectWithoutSignals() throws Exception {
        String digest = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest("a-ticket".getBytes(StandardCharsets.UTF_8)));
        cluster.database()
                .execute("INSERT INTO veche_credential VALUES ('victor', '{\"ticket\": [\"" + digest + "\"]}')");
        awaitEffect("a new credential", () -> {
            try (RawClient victor = logIn()) {
                return victor.nextText().startsWith("[" + WELCOME + ",");
            }
        });
        RawClient victor = logIn();
        victor.nextText();
        cluster.database().execute("DELETE FROM veche_credential WHERE authid = 'victor'");
        awaitEffect("the removal of a credential", () -> victor.closeCode() == 1008);
    }

    private static RawClient logIn() throws IOException {
        RawClient client = new RawClient(cluster.chat(WILDFLY, ""), "Sec-WebSocket-Protocol: wamp.2.json");
        client.send("[" + HELLO
                + ",\"veche\",{\"roles\":{\"caller\":{}},\"authmethods\":[\"ticket\"],\"authid\":\"victor\"}]");
        client.nextText();
        client.send("[" + AUTHENTICATE + ",\"a-ticket\",{}]");
        return client;
    }
}
