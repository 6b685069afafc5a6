package veche.deployment;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.npm.Node;
import veche.testing.MetricsClient;
import veche.testing.RawClient;
import veche.testing.TextClient;
import veche.testing.Token;

/** Logins with a credential file that the command of src/docs/credentials.md has created. */
@ArquillianTest
@Order(DeploymentOrder.OWN)
@RunAsClient
class LoginIT extends DeployedApplication {
    private static final Path FILE = Path.of("target", "login-credentials.json").toAbsolutePath();
    private static final String TICKET = "jZ0cV9rXn1Qm4sTtU7yB";
    private static final String SECRET = "correct horse battery";
    /** Of RFC 8032 §7.1, test 1. */
    private static final String SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    private static final String PUBLIC_KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    private static final String SETTINGS = String.join(
            "\n",
            "veche.log=memory",
            "veche.token.secret=" + Token.SECRET,
            "veche.trusted-proxies=127.0.0.1",
            "veche.wamp.credentials=" + FILE,
            "veche.wamp.credentials.refresh=200ms",
            "veche.limit.failed-logins-per-address=1/h burst 3",
            "");

    @Deployment(testable = false)
    static WebArchive war() throws Exception {
        Files.deleteIfExists(FILE);
        command(TICKET, "backend", "ticket", "--name=Back end", "--roles=backend");
        command(SECRET, "backend", "wampcra");
        command(PUBLIC_KEY, "backend", "cryptosign");
        command(SECRET, "ann", "wamp-scram");
        command(SECRET, "bob", "wamp-scram-pbkdf2");
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"))
                .addClass(ApplicationCredentials.class)
                .addAsWebInfResource(new StringAsset(SETTINGS), ConfiguredWar.SETTINGS_FILE);
    }

    private static void command(String secret, String... authidMethodAndOptions) throws Exception {
        String web = Path.of("target", "veche", "WEB-INF").toString();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(File.pathSeparator, web + "/classes", web + "/lib/*", web + "/tomcat-lib/*"),
                "veche.dialect.wamp.credential.CredentialCommand",
                "set",
                FILE.toString()));
        command.addAll(List.of(authidMethodAndOptions));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var input = process.outputWriter()) {
            input.write(secret + "\n");
        }
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), printed);
    }

    @Test
    void clientsOfOtherProjectsLogInByEachOfTheirMethods() {
        Node node = Node.find();
        Path clients = node.install(Path.of("src/test/npm/wamp"));
        Map<String, String> secrets = Map.of("TICKET", TICKET, "SECRET", SECRET, "SEED", SEED);
        String printed = node.script(clients, secrets, "login.cjs", at("chat").toString());
        assertEquals(
                6, printed.lines().filter(line -> line.endsWith(": passed")).count(), printed);
    }

    @ParameterizedTest
    @CsvSource({"ann, argon2id13", "bob, pbkdf2"})
    void aClientLogsInByScramAndVerifiesTheServer(String authid, String function) throws Exception {
        TextClient client = connect(at("chat"), "wamp.2.json");
        ScramLogin login = new ScramLogin(authid, SECRET);
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
        String address = "X-Forwarded-For: 203.0.113.9";
        for (int failure = 0; failure < 3; failure++) {
            assertStatus(401, address, "Authorization: Bearer nonsense");
        }
        try (RawClient refused = new RawClient(chat(), address, "Authorization: Bearer nonsense")) {
            assertTrue(refused.response().startsWith("HTTP/1.1 429"), refused.response());
            assertTrue(Integer.parseInt(refused.header("Retry-After")) > 600);
        }
        assertStatus(401, "X-Forwarded-For: 203.0.113.10", "Authorization: Bearer nonsense");
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
            await().until(
                            () -> health().equals(
                                            "{\"status\":\"UP\",\"checks\":[{\"name\":\"credentials\",\"status\":\"UP\",\"data\":{\"current\":false}}]}"));
            assertTrue(MetricsClient.scrape(http("metrics"))
                    .contains("veche_configuration_current{file=\"credentials\"} 0"));
            aClientLogsInByScramAndVerifiesTheServer("bob", "pbkdf2");
        } finally {
            Files.writeString(FILE, valid);
        }
        await().until(() -> health().contains("\"current\":true"));
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
