package veche.dialect.wamp.credential;

import java.util.List;
import java.util.Set;
import veche.dialect.wamp.auth.Credential;
import veche.dialect.wamp.auth.KeyDerivation;

/** Reads the secrets of a principal and checks their forms. */
final class SecretReader {
    private static final String HEX = "[0-9a-f]{64}";
    private static final int DIGEST = 32;
    private static final int MAX_ITERATIONS = 10_000_000;
    /** Of RFC 7677 §4. */
    private static final int MIN_PBKDF2_ITERATIONS = 4096;

    private static final int MAX_ARGON2_ITERATIONS = 100;
    /** Of RFC 9106 §3.1 with one lane. */
    private static final int MIN_KIBIBYTES = 8;

    private static final int MAX_KIBIBYTES = 1 << 21;

    private SecretReader() {}

    static Credential.Tickets tickets(List<String> digests) {
        return new Credential.Tickets(hex(digests, "ticket must be a list of SHA-256 digests in lower-case hex"));
    }

    static Credential.Keys keys(List<String> keys) {
        return new Credential.Keys(hex(keys, "cryptosign must be a list of Ed25519 public keys in lower-case hex"));
    }

    private static Set<String> hex(List<String> values, String otherwise) {
        Members.require(!values.isEmpty() && values.stream().allMatch(value -> value.matches(HEX)), otherwise);
        return Set.copyOf(values);
    }

    static Credential.Cra cra(Members secret) {
        secret.allow(Set.of("key", "salt", "iterations", "keylen"));
        int length = secret.number("keylen", 16, 64);
        secret.octets("key", length, length);
        String salt = secret.string("salt");
        Members.require(!salt.isEmpty() && salt.length() <= 255, "salt must have 1 to 255 characters");
        return new Credential.Cra(secret.string("key"), salt, secret.number("iterations", 1, MAX_ITERATIONS), length);
    }

    static Credential.Scram scram(Members secret) {
        secret.allow(Set.of("kdf", "iterations", "memory", "salt", "storedKey", "serverKey"));
        secret.octets("salt", 8, 64);
        secret.octets("storedKey", DIGEST, DIGEST);
        secret.octets("serverKey", DIGEST, DIGEST);
        return new Credential.Scram(
                derivation(secret), secret.string("salt"), secret.string("storedKey"), secret.string("serverKey"));
    }

    private static KeyDerivation derivation(Members secret) {
        KeyDerivation.Function function = KeyDerivation.Function.named(secret.string("kdf"))
                .orElseThrow(() -> new IllegalArgumentException("kdf must be argon2id13 or pbkdf2"));
        if (function == KeyDerivation.Function.PBKDF2) {
            Members.require(!secret.has("memory"), "memory is a parameter of argon2id13 only");
            return new KeyDerivation(function, secret.number("iterations", MIN_PBKDF2_ITERATIONS, MAX_ITERATIONS), 0);
        }
        return new KeyDerivation(
                function,
                secret.number("iterations", 1, MAX_ARGON2_ITERATIONS),
                secret.number("memory", MIN_KIBIBYTES, MAX_KIBIBYTES));
    }
}
