package veche.dialect.wamp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.AUTHENTICATE;
import static veche.testing.MessageType.CHALLENGE;
import static veche.testing.MessageType.HELLO;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.TestClient;

/** A client cannot find out whether a principal exists. */
class EnumerationTest extends AuthenticationFixture {
    private static final Map<String, Object> EXTRA = dict("nonce", "eA==", "pubkey", "00".repeat(32));

    private Map<?, ?> challenge(String method, String authid) {
        TestClient other = realm.connect("wamp.2.json");
        other.sendMessage(
                HELLO,
                "veche",
                dict(
                        "roles",
                        TestClient.allRoles(),
                        "authmethods",
                        List.of(method),
                        "authid",
                        authid,
                        "authextra",
                        EXTRA));
        return (Map<?, ?>) other.expect(CHALLENGE).get(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ticket", "wampcra", "wamp-scram", "cryptosign"})
    void theChallengesOfUnknownPrincipalsHaveTheSameShape(String method) {
        assertEquals(shape(challenge(method, "alice")), shape(challenge(method, "mallory")));
    }

    /** The members with their values, texts replaced by their length. */
    private static String shape(Map<?, ?> extra) {
        return Stream.of("salt", "iterations", "keylen", "kdf", "memory", "nonce")
                .map(name ->
                        extra.get(name) instanceof String text && !name.equals("kdf") ? text.length() : extra.get(name))
                .toList()
                .toString();
    }

    @Test
    void theChallengeTextDisclosesNoAttributeOfAPrincipal() {
        JsonObject known = challengeText("alice");
        JsonObject unknown = challengeText("mallory");
        assertEquals(known.keySet(), unknown.keySet());
        for (String attribute : List.of("authrole", "authprovider", "authmethod")) {
            assertEquals(known.get(attribute), unknown.get(attribute), attribute);
        }
    }

    private JsonObject challengeText(String authid) {
        try (JsonReader reader = Json.createReader(
                new StringReader((String) challenge("wampcra", authid).get("challenge")))) {
            return reader.readObject();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wampcra", "wamp-scram"})
    void theSaltOfAnUnknownPrincipalIsItsOwnAndAlwaysTheSame(String method) {
        Object salt = challenge(method, "mallory").get("salt");
        assertEquals(salt, challenge(method, "mallory").get("salt"));
        assertNotEquals(salt, challenge(method, "trudy").get("salt"));
    }

    @ParameterizedTest
    @CsvSource({
        "ticket,mallory",
        "ticket,alice",
        "wampcra,mallory",
        "wampcra,alice",
        "cryptosign,mallory",
        "cryptosign,alice"
    })
    void aFailedProofIsDeniedInTheSameWords(String method, String authid) {
        hello(method, authid, EXTRA);
        challenge(method);
        client.sendMessage(AUTHENTICATE, "00", dict());
        assertEquals(Map.of("message", "Unknown principal or invalid credentials"), deniedDetails());
    }
}
