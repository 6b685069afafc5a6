package veche.dialect.wamp.auth;

import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.AUTHENTICATE;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Authentication with an Ed25519 key ({@code cryptosign}). */
class CryptosignTest extends AuthenticationFixture {
    @Test
    void aSignatureWithTheRegisteredKeyIsAccepted() throws Exception {
        hello("cryptosign", null, dict("pubkey", publicKey(keys), "channel_binding", null));
        String challenge = (String) challenge("cryptosign").get("challenge");
        client.sendMessage(AUTHENTICATE, signed(challenge) + challenge, dict());
        assertWelcomed("cryptosign");
    }

    private String signed(String challenge) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(keys.getPrivate());
        signer.update(HexFormat.of().parseHex(challenge));
        return HexFormat.of().formatHex(signer.sign());
    }

    @Test
    void aSignatureOfAnotherChallengeIsDenied() throws Exception {
        hello("cryptosign", "alice", dict("pubkey", publicKey(keys)));
        challenge("cryptosign");
        String other = HexFormat.of().formatHex(new byte[32]);
        client.sendMessage(AUTHENTICATE, signed(other) + other, dict());
        assertDenied();
    }

    @Test
    void anUnregisteredKeyIsDenied() throws Exception {
        hello("cryptosign", "alice", dict("pubkey", publicKey(generate())));
        String challenge = (String) challenge("cryptosign").get("challenge");
        client.sendMessage(AUTHENTICATE, signed(challenge) + challenge, dict());
        assertDenied();
    }
}
