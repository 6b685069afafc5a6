package veche.deployment;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of one login by {@code wamp-scram} (RFC 5802 §3), in JSON. */
final class ScramLogin {
    private static final String NONCE = "egVDf3DMJh0=";
    private static final int LENGTH = 32;

    private final String authid;
    private final String password;
    private String verifier = "";

    ScramLogin(String authid, String password) {
        this.authid = authid;
        this.password = password;
    }

    String hello() {
        return "[1,\"veche\",{\"roles\":{\"caller\":{}},\"authmethods\":[\"wamp-scram\"],\"authid\":\"" + authid
                + "\",\"authextra\":{\"nonce\":\"" + NONCE + "\",\"channel_binding\":null}}]";
    }

    /** @param challenge the extra of CHALLENGE */
    String authenticate(JsonObject challenge) throws GeneralSecurityException {
        String nonce = challenge.getString("nonce");
        int iterations = challenge.getInt("iterations");
        String salt = challenge.getString("salt");
        byte[] salted = challenge.getString("kdf").equals("pbkdf2")
                ? pbkdf2(Base64.getDecoder().decode(salt), iterations)
                : argon2id(Base64.getDecoder().decode(salt), iterations, challenge.getInt("memory"));
        String message = "n=" + authid + ",r=" + NONCE + ",r=" + nonce + ",s=" + salt + ",i=" + iterations
                + ",c=biws,r=" + nonce;
        byte[] clientKey = hmac(salted, "Client Key");
        byte[] proof = hmac(MessageDigest.getInstance("SHA-256").digest(clientKey), message);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        verifier = base64(hmac(hmac(salted, "Server Key"), message));
        return "[5,\"" + base64(proof) + "\",{\"nonce\":\"" + nonce
                + "\",\"channel_binding\":null,\"cbind_data\":null}]";
    }

    /** What a server that knows the secret returns in WELCOME. */
    String verifier() {
        return verifier;
    }

    private byte[] pbkdf2(byte[] salt, int iterations) throws GeneralSecurityException {
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, LENGTH * Byte.SIZE))
                .getEncoded();
    }

    private byte[] argon2id(byte[] salt, int iterations, int memoryKibibytes) {
        return Argon2Function.getInstance(memoryKibibytes, iterations, 1, LENGTH, Argon2.ID, 0x13)
                .hash(password.getBytes(StandardCharsets.UTF_8), salt)
                .getBytes();
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
