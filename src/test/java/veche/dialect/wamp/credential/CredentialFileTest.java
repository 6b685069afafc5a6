package veche.dialect.wamp.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.dialect.wamp.auth.Credential;
import veche.room.RoomName;

class CredentialFileTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final String KEY = "fedcba9876543210".repeat(4);
    private static final String OCTETS = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String SALT = "AAECAwQFBgcICQoLDA0ODw==";
    static final String VALID = """
            {"decoyKey": "%s",
             "principals": {
               "backend": {"name": "Back end", "roles": ["backend", "staff"], "rooms": ["hall"],
                 "ticket": ["%s"], "cryptosign": ["%s"],
                 "wampcra": {"key": "%s", "salt": "salt", "iterations": 1000, "keylen": 32},
                 "wamp-scram": {"kdf": "argon2id13", "iterations": 3, "memory": 65536, "salt": "%s",
                   "storedKey": "%s", "serverKey": "%s"}},
               "ann": {"wamp-scram": {"kdf": "pbkdf2", "iterations": 4096, "salt": "%s",
                   "storedKey": "%s", "serverKey": "%s"}}}}
            """.formatted(OCTETS, DIGEST, KEY, OCTETS, SALT, OCTETS, OCTETS, SALT, OCTETS, OCTETS);

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void write() throws IOException {
        path = Files.writeString(folder.resolve("credentials.json"), VALID);
    }

    private static Optional<Credential> find(CredentialFile file, String method, String authid) {
        return file.find(method, "veche", authid).toCompletableFuture().join();
    }

    @Test
    void aPrincipalHasAttributesAndASecretForEachMethod() {
        CredentialFile file = new CredentialFile(path);
        Credential ticket = find(file, "ticket", "backend").orElseThrow();
        assertEquals(
                new Credential(
                        "backend",
                        "Back end",
                        List.of("backend", "staff"),
                        Optional.of(Set.of(new RoomName("hall"))),
                        "file",
                        new Credential.Tickets(Set.of(DIGEST))),
                ticket);
        for (String method : List.of("wampcra", "wamp-scram", "cryptosign")) {
            assertTrue(find(file, method, "backend").isPresent(), method);
        }
    }

    @Test
    void aPrincipalWithoutANameHasItsAuthidAsNameAndNoRoles() {
        Credential ann = find(new CredentialFile(path), "wamp-scram", "ann").orElseThrow();
        assertEquals("ann", ann.name());
        assertEquals(List.of(), ann.roles());
        assertEquals(Optional.empty(), ann.rooms());
    }

    @Test
    void aPrincipalIsFoundByItsPublicKeyForCryptosignOnly() {
        CredentialFile file = new CredentialFile(path);
        assertEquals("backend", find(file, "cryptosign", KEY).orElseThrow().authid());
        assertTrue(find(file, "ticket", KEY).isEmpty());
    }

    @Test
    void otherPrincipalsAndMethodsAreNotFound() {
        CredentialFile file = new CredentialFile(path);
        assertTrue(find(file, "ticket", "ann").isEmpty());
        assertTrue(find(file, "ticket", "mallory").isEmpty());
        assertTrue(find(file, "anonymous", "backend").isEmpty());
    }

    @Test
    void aChangeAppliesAtTheNextRefreshAndAnInvalidOneKeepsTheEntries() throws IOException {
        CredentialFile file = new CredentialFile(path);
        Files.writeString(path, VALID.replace("\"backend\": {", "\"back\": {"));
        file.refresh();
        assertTrue(find(file, "ticket", "back").isPresent());
        assertTrue(find(file, "ticket", "backend").isEmpty());
        Files.writeString(path, "{");
        file.refresh();
        assertTrue(find(file, "ticket", "back").isPresent());
        assertFalse(file.current());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"backend\": { | \"back\": {",
                "[\"hall\"] | [\"hall\", \"lobby\"]",
                "\"staff\" | \"admin\"",
                "\"rooms\": [\"hall\"], |",
                "\"salt\": \"salt\" | \"salt\": \"pepper\"",
                "fedcba9876543210 | 0edcba9876543210",
                "0123456789abcdef | 1123456789abcdef",
            })
    void whatAChangeTakesFromAPrincipalIsReported(String before, String after) throws IOException {
        CredentialFile file = new CredentialFile(path);
        assertTrue(VALID.contains(before), before);
        Files.writeString(path, VALID.replace(before, after == null ? "" : after) + " ");
        assertEquals(Set.of("backend"), file.refresh());
        assertEquals(Set.of(), file.refresh());
    }

    @Test
    void whatAChangeAddsIsNotReported() throws IOException {
        CredentialFile file = new CredentialFile(path);
        Files.writeString(
                path,
                VALID.replace("\"" + DIGEST + "\"", "\"" + DIGEST + "\", \"" + KEY + "\"")
                        .replace("\"ann\": {", "\"bob\": {}, \"ann\": {\"name\": \"Ann\", "));
        assertEquals(Set.of(), file.refresh());
        assertTrue(file.current());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"decoyKey\": | \"key\": | Unknown member key",
                "\"rooms\": [\"hall\"] | \"room\": [\"hall\"] | principals/backend: Unknown member room",
                "[\"hall\"] | [\"No such room\"] | principals/backend: ",
                "[\"hall\"] | \"hall\" | principals/backend: rooms must be a list of strings",
                "\"Back end\" | 7 | principals/backend: name must be a string",
                "\"Back end\" | \"\" | principals/backend: name must have 1 to 32 visible characters",
                "0123456789abcdef | 0123456789ABCDEF | principals/backend: ticket must be",
                "fedcba9876543210 | 00 | principals/backend: cryptosign must be",
                "\"keylen\": 32 | \"keylen\": 16 | principals/backend: key has",
                "argon2id13 | bcrypt | principals/backend: kdf must be argon2id13 or pbkdf2",
                "65536 | 65536.5 | principals/backend: memory must be an integer",
                "4096 | 4095 | principals/ann: iterations must be an integer from 4096",
                "\"pbkdf2\" | \"pbkdf2\", \"memory\": 8 | principals/ann: memory",
                "\"ann\": | \"\": | principals/: An authid",
            })
    void anInvalidFileIsRefusedWithThePlaceAndWithoutSecrets(String valid, String invalid, String message)
            throws IOException {
        assertTrue(VALID.contains(valid), valid);
        Files.writeString(path, VALID.replace(valid, invalid));
        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, () -> new CredentialFile(path));
        assertTrue(failure.getMessage().contains(" is invalid: " + message), failure.getMessage());
        assertFalse(failure.getMessage().contains(OCTETS));
    }

    @Test
    void onePublicKeyOfTwoPrincipalsIsRefused() throws IOException {
        Files.writeString(path, VALID.replace("\"ann\": {", "\"ann\": {\"cryptosign\": [\"" + KEY + "\"], "));
        assertThrows(IllegalArgumentException.class, () -> new CredentialFile(path));
    }
}
