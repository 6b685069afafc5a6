package veche.dialect.wamp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.AUTHENTICATE;
import static veche.testing.MessageType.INTERRUPT;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.YIELD;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.Realm;
import veche.dialect.wamp.RealmException;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.codec.DecodingLimits;
import veche.dialect.wamp.codec.Json;
import veche.dialect.wamp.credential.CredentialProcedure;

/** A procedure that authenticates clients, as Crossbar's dynamic authenticators. */
class AuthenticatorProcedureTest extends AuthenticationFixture {
    private static final String URI = "com.example.authenticate";

    private Duration limit = Duration.ofSeconds(10);

    @Override
    List<Authenticator> methods() {
        Credentials procedure = new CredentialProcedure(args -> realm.wamp.ask(URI, args, limit));
        return List.of(
                new Anonymous(),
                new TicketLogin(procedure),
                new WampCra(procedure, new Json(DecodingLimits.DEFAULT)),
                new Cryptosign(procedure));
    }

    private void answer(Function<Realm.Arguments, Object> answer) throws Exception {
        realm.wamp.realm().register(URI, answer).toCompletableFuture().get();
    }

    private void login(String ticket) {
        hello("ticket", "alice", dict());
        challenge("ticket");
        client.sendMessage(AUTHENTICATE, ticket, dict());
    }

    private void assertWelcomed(String authid, String authrole) {
        List<Object> welcome = client.expect(2);
        Map<?, ?> details = (Map<?, ?>) welcome.get(2);
        assertEquals(
                List.of(authid, authrole, "dynamic"),
                List.of(details.get("authid"), details.get("authrole"), details.get("authprovider")));
    }

    /** The connection is closed on another thread. */
    private void assertAborted(String reason) {
        assertEquals(reason, client.expect(ABORT).get(2));
    }

    @Test
    void thePrincipalThatTheProcedureReturnsForATicketIsAdmitted() throws Exception {
        answer(call ->
                call.args().equals(List.of("veche", "alice", Map.of("authmethod", "ticket", "ticket", "open sesame")))
                        ? Map.of("roles", List.of("staff", "poet"), "name", "Alice A.", "rooms", List.of("hall"))
                        : Map.of());
        login("open sesame");
        assertWelcomed("alice", "staff");
        Map<?, ?> me = (Map<?, ?>) client.call("veche.whoami");
        assertEquals(
                List.of(List.of("staff", "poet"), Map.of("id", "user:alice", "name", "Alice A.")),
                List.of(me.get("roles"), me.get("author")));
        client.request(48, dict(), "veche.join", List.of("lobby"));
        assertEquals("wamp.error.not_authorized", client.expectError());
    }

    @Test
    void theProcedureMayDetermineTheAuthid() throws Exception {
        answer(call -> Map.of("authid", "customer-7"));
        login("open sesame");
        assertWelcomed("customer-7", "user");
    }

    @Test
    void anErrorDeniesTheLogin() throws Exception {
        answer(call -> {
            throw new RealmException("com.example.unknown_user", "There is no Alice");
        });
        login("open sesame");
        assertAborted("wamp.error.authentication_denied");
    }

    @Test
    void anExceptionInTheProcedureDeniesTheLogin() throws Exception {
        answer(call -> {
            throw new IllegalStateException("planted");
        });
        login("open sesame");
        assertAborted("wamp.error.authentication_denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"role", "room", "authid", "name"})
    void anInvalidPrincipalIsDenied(String member) throws Exception {
        answer(call -> Map.of(member, 1));
        login("open sesame");
        assertAborted("wamp.error.authentication_denied");
    }

    @Test
    void aTextInsteadOfAPrincipalIsDenied() throws Exception {
        answer(call -> "staff");
        login("open sesame");
        assertAborted("wamp.error.authentication_denied");
    }

    @Test
    void withoutAnAnswerNobodyIsAdmitted() {
        login("open sesame");
        assertAborted("wamp.error.authentication_failed");
    }

    @Test
    void aProcedureThatDoesNotAnswerInTimeIsAbandoned() {
        limit = Duration.ofMillis(50);
        TestClient backend = realm.joinAs("wamp.2.json", "backend", "admin");
        backend.register(URI);
        login("open sesame");
        List<Object> invocation = backend.expect(INVOCATION);
        assertAborted("wamp.error.authentication_failed");
        backend.expect(INTERRUPT);
        backend.sendMessage(YIELD, invocation.get(1), dict(), List.of(dict())); // too late
        backend.call("veche.whoami");
    }

    @Test
    void theProcedureMayReturnTheSecretOfAChallenge() throws Exception {
        String key = WampCra.derive("s3cret", "salt", 100, 32);
        answer(call -> Map.of(
                "wampcra",
                Map.of("key", key, "salt", "salt", "iterations", 100, "keylen", 32),
                "roles",
                List.of("crew")));
        hello("wampcra", "alice", dict());
        Map<?, ?> extra = challenge("wampcra");
        assertEquals("salt", extra.get("salt"));
        byte[] derived = Base64.getEncoder().encode(pbkdf2("s3cret", "salt".getBytes(StandardCharsets.UTF_8), 100));
        client.sendMessage(AUTHENTICATE, base64(hmac(derived, (String) extra.get("challenge"))), dict());
        assertWelcomed("alice", "crew");
    }

    @Test
    void anUnknownPrincipalIsChallengedAndDenied() throws Exception {
        answer(call -> {
            throw new RealmException("com.example.unknown_user", "There is no Alice");
        });
        hello("wampcra", "alice", dict());
        assertNotNull(challenge("wampcra").get("salt"));
        client.sendMessage(AUTHENTICATE, base64(new byte[32]), dict());
        assertAborted("wamp.error.authentication_denied");
    }

    @Test
    void aTicketThatAnotherStoreAcceptsIsNotPassedToTheProcedure() {
        List<String> passed = new ArrayList<>();
        Credentials procedure = new CredentialProcedure(args -> {
            passed.add((String) ((Map<?, ?>) args.get(2)).get("ticket"));
            return CompletableFuture.completedFuture(new Realm.Arguments(null, List.of(dict("name", "Other")), dict()));
        });
        CredentialChain chain = new CredentialChain(List.of(credentials, procedure));
        assertEquals(Optional.of("Alice"), verified(chain, "alice", "s3cret"));
        assertEquals(List.of(), passed);
        assertEquals(Optional.empty(), verified(chain, "alice", "wrong"));
        assertEquals(Optional.of("Other"), verified(chain, "bob", "his"));
        assertEquals(List.of("wrong", "his"), passed);
    }

    private static Optional<String> verified(Credentials store, String authid, String ticket) {
        return store.verifyTicket("veche", authid, ticket)
                .toCompletableFuture()
                .join()
                .map(Credential::name);
    }
}
