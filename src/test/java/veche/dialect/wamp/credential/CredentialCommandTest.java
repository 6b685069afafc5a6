package veche.dialect.wamp.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.auth.Credential;
import veche.dialect.wamp.auth.KeyDerivation;
import veche.dialect.wamp.auth.Scram;
import veche.dialect.wamp.auth.TicketLogin;
import veche.dialect.wamp.auth.WampCra;
import veche.room.RoomName;

class CredentialCommandTest {
    private static final SecretWriter CHEAP = new SecretWriter(
            new KeyDerivation(KeyDerivation.Function.ARGON2ID, 1, 64),
            new KeyDerivation(KeyDerivation.Function.PBKDF2, 4096, 0));

    private static final String TICKET = "a-ticket-of-20-chars";
    private static final String PUBLIC_KEY = "FEDCBA9876543210".repeat(4);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Path path;

    @BeforeEach
    void path() {
        path = folder.resolve("credentials.json");
    }

    private int run(String secret, String verb, String... more) {
        List<String> arguments = new ArrayList<>(List.of(verb, path.toString()));
        arguments.addAll(List.of(more));
        return new CredentialCommand(prompt -> secret, new PrintStream(printed, true, StandardCharsets.UTF_8), CHEAP)
                .run(arguments.toArray(String[]::new));
    }

    private Optional<Credential> find(String method, String authid) {
        return new CredentialFile(path)
                .find(method, "veche", authid)
                .toCompletableFuture()
                .join();
    }

    @Test
    void aNewFileHasTheEntryAndIsReadableByItsOwnerOnly() throws IOException {
        assertEquals(
                0,
                run(TICKET, "set", "backend", "ticket", "--name=Back end", "--roles=backend, staff", "--rooms=hall"));
        assertEquals(
                new Credential(
                        "backend",
                        "Back end",
                        List.of("backend", "staff"),
                        Optional.of(Set.of(new RoomName("hall"))),
                        "file",
                        new Credential.Tickets(Set.of(TicketLogin.digest(TICKET)))),
                find("ticket", "backend").orElseThrow());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        assertFalse(Files.readString(path).contains(TICKET));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void anotherMethodIsAddedAndAttributesAndPermissionsAreKept() throws IOException {
        run(TICKET, "set", "backend", "ticket", "--roles=backend");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
        String decoyKey = Files.readString(path).replaceAll("(?s).*(\"decoyKey\"[^,]*),.*", "$1");
        assertEquals(0, run("open sesame", "set", "backend", "wampcra"));
        assertEquals(
                List.of("backend"), find("wampcra", "backend").orElseThrow().roles());
        assertTrue(find("ticket", "backend").isPresent());
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        assertTrue(Files.readString(path).contains(decoyKey));
    }

    @Test
    void theKeyOfWampcraIsDerivedFromTheSecret() {
        run("open sesame", "set", "ann", "wampcra");
        Credential.Cra cra =
                (Credential.Cra) find("wampcra", "ann").orElseThrow().secret();
        assertEquals(WampCra.derive("open sesame", cra.salt(), cra.iterations(), cra.length()), cra.key());
    }

    @ParameterizedTest
    @CsvSource({"wamp-scram, ARGON2ID", "wamp-scram-pbkdf2, PBKDF2"})
    void theFunctionOfScramIsSelectable(String method, KeyDerivation.Function function) {
        assertEquals(0, run("open sesame", "set", "ann", method));
        Credential.Scram scram =
                (Credential.Scram) find("wamp-scram", "ann").orElseThrow().secret();
        assertEquals(function, scram.derivation().function());
    }

    /** The salted password is that of argon2id_hash_raw of libargon2. */
    @Test
    void argon2idIsThatOfTheReferenceImplementation() {
        byte[] salt = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
        KeyDerivation derivation = new KeyDerivation(KeyDerivation.Function.ARGON2ID, 3, 64);
        byte[] salted = HexFormat.of().parseHex("5e5e9377a03e167c17eb87032f3e74fed5327761938960a2ba37c9ec42fb84c2");
        assertEquals(Scram.store(derivation, salt, salted), SecretWriter.argon2id("open sesame", salt, derivation));
    }

    @Test
    void ticketsAndKeysAreAddedToThePresentOnes() {
        run(TICKET, "set", "backend", "ticket");
        run(TICKET + "2", "set", "backend", "ticket");
        run(TICKET + "2", "set", "backend", "ticket");
        assertEquals(
                new Credential.Tickets(Set.of(TicketLogin.digest(TICKET), TicketLogin.digest(TICKET + "2"))),
                find("ticket", "backend").orElseThrow().secret());
        run(" " + PUBLIC_KEY + "\n", "set", "backend", "cryptosign");
        assertEquals(
                "backend",
                find("cryptosign", PUBLIC_KEY.toLowerCase(Locale.ROOT))
                        .orElseThrow()
                        .authid());
    }

    @Test
    void aMethodOrAPrincipalIsRemoved() {
        run(TICKET, "set", "backend", "ticket");
        run("open sesame", "set", "backend", "wampcra");
        assertEquals(0, run("", "remove", "backend", "ticket"));
        assertTrue(find("ticket", "backend").isEmpty());
        assertTrue(find("wampcra", "backend").isPresent());
        assertEquals(0, run("", "remove", "backend"));
        assertTrue(find("wampcra", "backend").isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "ticket, a-ticket-of-19-char",
        "ticket, aaaaaaaaaa.bbbbbbbbbb.cccccccccc",
        "wampcra, 7-chars",
        "wamp-scram, 7-chars",
        "cryptosign, fedcba"
    })
    void anUnsuitableSecretIsRefusedAndNothingIsWritten(String method, String secret) {
        assertEquals(2, run(secret, "set", "ann", method));
        assertFalse(Files.exists(path));
        assertFalse(printed.toString(StandardCharsets.UTF_8).contains(secret));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ann", "ann tls", "ann ticket extra", "ann ticket --role=x", "ann ticket --name"})
    void otherArgumentsAreAnsweredWithTheUsage(String arguments) {
        assertEquals(2, run(TICKET, "set", arguments.split(" ")));
        assertTrue(printed.toString(StandardCharsets.UTF_8).contains("set FILE AUTHID METHOD"));
    }

    @Test
    void anInvalidFileIsNotOverwritten() throws IOException {
        Files.writeString(path, "{}");
        assertEquals(2, run(TICKET, "set", "ann", "ticket"));
        assertEquals("{}", Files.readString(path));
    }
}
