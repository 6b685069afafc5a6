package veche.dialect.wamp.auth;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import veche.dialect.wamp.auth.Credential.Cra;
import veche.dialect.wamp.auth.Credential.Scram;

/**
 * Secrets of principals that do not exist, so that their challenges cannot be distinguished from those of existing ones
 * (RFC 5802 §9). A decoy is determined by a key and the authid; its parameters are those of an existing credential.
 * Immutable.
 */
public final class Decoys {
    /** Decoys with a random key and the parameters that new credentials have. */
    static final Decoys PROCESS = new Decoys(Proof.random(32), List.of());

    private static final Scram STANDARD_SCRAM = new Scram(KeyDerivation.ARGON2ID, Proof.base64(new byte[16]), "", "");
    private static final Cra STANDARD_CRA = new Cra("", Proof.base64(new byte[16]), WampCra.ITERATIONS, WampCra.LENGTH);

    private final byte[] key;
    private final List<Scram> scrams;
    private final List<Cra> cras;

    /**
     * @param key a secret key, at least 16 octets
     * @param samples the secrets whose parameters the decoys imitate
     */
    public Decoys(byte[] key, Collection<? extends Credential.Secret> samples) {
        this.key = key.clone();
        // One sample for each set of parameters, so that a further credential with the same ones changes no decoy.
        scrams = samples.stream()
                .filter(Scram.class::isInstance)
                .map(Scram.class::cast)
                .map(secret -> new Scram(secret.derivation(), zeros(secret.salt()), "", ""))
                .distinct()
                .sorted(Comparator.comparing(Scram::toString))
                .toList();
        cras = samples.stream()
                .filter(Cra.class::isInstance)
                .map(Cra.class::cast)
                .map(secret -> new Cra("", zeros(secret.salt()), secret.iterations(), secret.length()))
                .distinct()
                .sorted(Comparator.comparing(Cra::toString))
                .toList();
    }

    /** A salt of the same length and, if it is base64, the same padding. */
    private static String zeros(String salt) {
        int octets = Proof.base64(salt).length;
        return octets > 0 ? Proof.base64(new byte[octets]) : "A".repeat(salt.length());
    }

    Scram scram(String authid) {
        Scram sample = scrams.isEmpty() ? STANDARD_SCRAM : scrams.get(index("scram", authid, scrams.size()));
        String proof = Proof.base64(octets("proof", authid, 32));
        return new Scram(sample.derivation(), salt("scram", authid, sample.salt()), proof, proof);
    }

    Cra cra(String authid) {
        Cra sample = cras.isEmpty() ? STANDARD_CRA : cras.get(index("cra", authid, cras.size()));
        String secret = Proof.base64(octets("proof", authid, sample.length()));
        return new Cra(secret, salt("cra", authid, sample.salt()), sample.iterations(), sample.length());
    }

    private int index(String use, String authid, int size) {
        return Math.floorMod(Arrays.hashCode(octets(use + " sample", authid, Integer.BYTES)), size);
    }

    private String salt(String use, String authid, String sample) {
        int octets = Proof.base64(sample).length;
        return octets > 0
                ? Proof.base64(octets(use + " salt", authid, octets))
                : Proof.base64(octets(use + " salt", authid, sample.length())).substring(0, sample.length());
    }

    private byte[] octets(String use, String authid, int length) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int block = 0; stream.size() < length; block++) {
            stream.writeBytes(Proof.hmac(key, use + " " + block + " " + authid));
        }
        return Arrays.copyOf(stream.toByteArray(), length);
    }
}
