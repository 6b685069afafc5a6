package veche.dialect.wamp.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import veche.dialect.wamp.auth.Authenticator.Step;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;

/** Cryptographic primitives and errors that the authentication methods share. */
final class Proof {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String SHA_256 = "SHA-256";
    private static final String HMAC = "HmacSHA256";

    private Proof() {}

    /**
     * Fails with the same error for a wrong secret and an unknown principal, so that principals cannot be enumerated. A
     * technical failure would be {@code authentication_failed} instead.
     */
    static CompletionStage<Step> denied() {
        return CompletableFuture.failedFuture(
                new WampErrorException(Uri.AUTHENTICATION_DENIED, "Unknown principal or invalid credentials"));
    }

    static WampErrorException missing(String what) {
        return new WampErrorException(Uri.AUTHENTICATION_DENIED, what + " is missing in HELLO");
    }

    /** Returns the secret if it is of the kind that the method requires. */
    static <T extends Credential.Secret> Optional<T> secret(Optional<Credential> credential, Class<T> kind) {
        return credential.map(Credential::secret).filter(kind::isInstance).map(kind::cast);
    }

    static byte[] random(int octets) {
        byte[] bytes = new byte[octets];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    /** Decodes base64; returns an empty array if the text is malformed. */
    static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** Decodes hex; returns an empty array if the text is malformed. */
    static byte[] hex(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** Compares two strings in constant time. */
    static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    /** The SHA-256 digest of a text in lower-case hex. */
    static String digest(String text) {
        return HexFormat.of().formatHex(sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance(SHA_256).digest(octets);
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    static byte[] pbkdf2(String password, byte[] salt, int iterations, int octets) {
        try {
            PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, octets * Byte.SIZE);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    static IllegalStateException unavailable(GeneralSecurityException e) {
        return new IllegalStateException("Required algorithm is missing in this Java runtime", e);
    }
}
