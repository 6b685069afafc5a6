package veche.dialect.wamp.credential;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import veche.dialect.wamp.auth.Credential;
import veche.dialect.wamp.auth.KeyDerivation;
import veche.dialect.wamp.auth.Scram;
import veche.dialect.wamp.auth.WampCra;

/** Derives from passwords what the credential file contains. */
final class SecretWriter {
    private static final int SALT = 16;
    private static final int SALTED = 32;
    private static final int ARGON2_VERSION = 0x13;

    private final SecureRandom random = new SecureRandom();
    private final KeyDerivation argon2id;
    private final KeyDerivation pbkdf2;

    /** Derives with the recommended parameters. */
    SecretWriter() {
        this(KeyDerivation.ARGON2ID, KeyDerivation.PBKDF2);
    }

    SecretWriter(KeyDerivation argon2id, KeyDerivation pbkdf2) {
        this.argon2id = argon2id;
        this.pbkdf2 = pbkdf2;
    }

    /** Random octets in base64. */
    String random(int octets) {
        return Base64.getEncoder().encodeToString(randomOctets(octets));
    }

    private byte[] randomOctets(int octets) {
        byte[] bytes = new byte[octets];
        random.nextBytes(bytes);
        return bytes;
    }

    JsonObject cra(String secret) {
        String salt = random(SALT);
        return Json.createObjectBuilder()
                .add("key", WampCra.derive(secret, salt, WampCra.ITERATIONS, WampCra.LENGTH))
                .add("salt", salt)
                .add("iterations", WampCra.ITERATIONS)
                .add("keylen", WampCra.LENGTH)
                .build();
    }

    JsonObject scram(String password, KeyDerivation.Function function) {
        byte[] salt = randomOctets(SALT);
        return json(
                function == KeyDerivation.Function.ARGON2ID
                        ? argon2id(password, salt, argon2id)
                        : Scram.store(password, salt, pbkdf2.iterations()));
    }

    /** Derives with Argon2id (RFC 9106), version 1.3, one lane. */
    static Credential.Scram argon2id(String password, byte[] salt, KeyDerivation derivation) {
        byte[] salted = Argon2Function.getInstance(
                        derivation.memoryKibibytes(), derivation.iterations(), 1, SALTED, Argon2.ID, ARGON2_VERSION)
                .hash(password.getBytes(StandardCharsets.UTF_8), salt)
                .getBytes();
        return Scram.store(derivation, salt, salted);
    }

    private static JsonObject json(Credential.Scram secret) {
        KeyDerivation derivation = secret.derivation();
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("kdf", derivation.function().wireName())
                .add("iterations", derivation.iterations());
        if (derivation.memoryKibibytes() > 0) {
            json.add("memory", derivation.memoryKibibytes());
        }
        return json.add("salt", secret.salt())
                .add("storedKey", secret.storedKey())
                .add("serverKey", secret.serverKey())
                .build();
    }
}
