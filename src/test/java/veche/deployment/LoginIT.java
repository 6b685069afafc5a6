package veche.deployment;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.npm.Node;
import veche.testing.MetricsClient;
import veche.testing.RawClient;
import veche.testing.TextClient;

/** Logins with a credential file that the command of src/docs/credentials.md has created. */
@ArquillianTest
@Order(DeploymentOrder.CONFIGURED)
@RunAsClient
class LoginIT extends ConfiguredWar {
    private static final Path FILE = IssuedCredentials.file();

    @Test
    void clientsOfOtherProjectsLogInByEachOfTheirMethods() {
        Node node = Node.find();
        Path clients = node.install(Path.of("src/test/npm/wamp"));
        Map<String, String> secrets = Map.of(
                "TICKET", IssuedCredentials.TICKET, "SECRET", IssuedCredentials.SECRET, "SEED", IssuedCredentials.SEED);
        String printed = node.script(clients, secrets, "login.cjs", at("chat").toString());
        assertEquals(
                6, printed.lines().filter(line -> line.endsWith(": passed")).count(), printed);
    }

    @ParameterizedTest
    @CsvSource({"ann, argon2id13", "bob, pbkdf2"})
    void aClientLogsInByScramAndVerifiesTheServer(String authid, String function) throws Exception {
        TextClient client = connect(at("chat"), "wamp.2.json");
        ScramLogin login = new ScramLogin(authid, IssuedCredentials.SECRET);
        client.send(login.hello());
        JsonObject extra = json(client.next()).getJsonObject(2);
        assertEquals(function, extra.getString("kdf"));
        client.send(login.authenticate(extra));
        JsonArray welcome = json(client.next());
        assertEquals(2, welcome.getInt(0), welcome::toString);
        JsonObject details = welcome.getJsonObject(2);
        assertEquals(
                List.of(authid, "user", "wamp-scram", "file"),
                Stream.of("authid", "authrole", "authmethod", "authprovider")
                        .map(details::getString)
                        .toList());
        assertEquals(login.verifier(), details.getJsonObject("authextra").getString("verifier"));
    }

    @Test
    void aClientLogsInWithACredentialOfTheApplication() {
        TextClient client = connect(at("chat"), "wamp.2.json");
        client.send("[1,\"veche\",{\"roles\":{\"caller\":{}},\"authmethods\":[\"ticket\"],\"authid\":\"shop\"}]");
        assertEquals(4, json(client.next()).getInt(0));
        client.send("[5,\"" + ApplicationCredentials.TICKET + "\",{}]");
        JsonArray welcome = json(client.next());
        assertEquals(2, welcome.getInt(0), welcome::toString);
        assertEquals("application", welcome.getJsonObject(2).getString("authprovider"));
    }

    @Test
    void aWrongPasswordIsDenied() throws Exception {
        TextClient client = connect(at("chat"), "wamp.2.json");
        ScramLogin login = new ScramLogin("bob", "wrong password");
        client.send(login.hello());
        client.send(login.authenticate(json(client.next()).getJsonObject(2)));
        JsonArray abort = json(client.next());
        assertEquals("wamp.error.authentication_denied", abort.getString(2), abort::toString);
    }

    @Test
    void anAddressWithTooManyInvalidTokensIsAnswered429BeforeTheUpgradeAndByAbort() throws IOException {
        String address = "X-Forwarded-For: 198.51.100.9";
        for (int failure = 0; failure < 3; failure++) {
            assertStatus(401, address, "Authorization: Bearer nonsense");
        }
        try (RawClient refused = new RawClient(chat(), address, "Authorization: Bearer nonsense")) {
            assertTrue(refused.response().startsWith("HTTP/1.1 429"), refused.response());
            assertTrue(Integer.parseInt(refused.header("Retry-After")) > 600);
        }
        assertStatus(401, "X-Forwarded-For: 198.51.100.10", "Authorization: Bearer nonsense");
        try (RawClient client = new RawClient(chat(), address, "Sec-WebSocket-Protocol: wamp.2.json")) {
            client.send(
                    "[1,\"veche\",{\"roles\":{\"caller\":{}},\"authmethods\":[\"ticket\"],\"authid\":\"backend\"}]");
            String abort = client.nextText();
            assertTrue(abort.contains("\"veche.error.limit_reached\"") && abort.contains("\"retry_ms\""), abort);
        }
    }

    private void assertStatus(int status, String... headers) {
        try (RawClient client = new RawClient(chat(), headers)) {
            assertTrue(client.response().startsWith("HTTP/1.1 " + status), client.response());
        }
    }

    @Test
    void anInvalidFileIsReportedByHealthAndMetricsWhileThePreviousEntriesApply() throws Exception {
        String valid = Files.readString(FILE);
        try {
            Files.writeString(FILE, "{");
            await().until(() ->
                    health().contains("{\"name\":\"credentials\",\"status\":\"UP\",\"data\":{\"current\":false}}"));
            assertTrue(MetricsClient.scrape(http("metrics"))
                    .contains("veche_configuration_current{file=\"credentials\"} 0"));
            aClientLogsInByScramAndVerifiesTheServer("bob", "pbkdf2");
        } finally {
            Files.writeString(FILE, valid);
        }
        await().until(() -> !health().contains("\"current\":false"));
    }

    @Test
    void theSessionOfARemovedPrincipalEnds() throws Exception {
        TextClient client = connect(at("chat"), "wamp.2.json");
        ScramLogin login = new ScramLogin("bob", IssuedCredentials.SECRET);
        client.send(login.hello());
        client.send(login.authenticate(json(client.next()).getJsonObject(2)));
        assertEquals(2, json(client.next()).getInt(0));
        String valid = Files.readString(FILE);
        try {
            Files.writeString(FILE, valid.replace("\"bob\"", "\"robert\""));
            assertEquals("wamp.close.killed", json(client.next()).getString(2));
            assertEquals(1008, client.awaitClosed().code());
        } finally {
            Files.writeString(FILE, valid);
        }
        await().until(() -> !health().contains("\"current\":false"));
    }

    private String health() throws IOException {
        try (InputStream in = http("health/ready").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonArray json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readArray();
        }
    }
}
