package veche.dialect.wamp.auth;

import java.util.Arrays;
import java.util.Optional;

/**
 * The function by which a SCRAM client derives its salted password, with 32 octets.
 *
 * @param iterations the iteration count of PBKDF2, or the passes of Argon2id
 * @param memoryKibibytes the memory of Argon2id; 0 for PBKDF2
 */
public record KeyDerivation(Function function, int iterations, int memoryKibibytes) {
    /** PBKDF2 with HMAC-SHA-256 (RFC 7677 §4 requires at least 4096 iterations). */
    public static final KeyDerivation PBKDF2 = new KeyDerivation(Function.PBKDF2, 600_000, 0);

    /** Argon2id with 64 MiB and 3 passes, the second recommendation of RFC 9106 §4, but with one lane. */
    public static final KeyDerivation ARGON2ID = new KeyDerivation(Function.ARGON2ID, 3, 65_536);

    /** The functions that the specification names. */
    public enum Function {
        PBKDF2("pbkdf2"),
        /** Version 1.3 with one lane. */
        ARGON2ID("argon2id13");

        private final String wireName;

        Function(String wireName) {
            this.wireName = wireName;
        }

        /** The value of {@code kdf} in CHALLENGE. */
        public String wireName() {
            return wireName;
        }

        /** The function with this name; empty if there is none. */
        public static Optional<Function> named(String name) {
            return Arrays.stream(values())
                    .filter(each -> each.wireName.equals(name))
                    .findFirst();
        }
    }
}
