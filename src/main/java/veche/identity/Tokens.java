package veche.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import veche.room.Author;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.User;

/**
 * Tells who somebody is from a JSON Web Token (RFC 7519), signed with HS256, RS256, ES256 or EdDSA. Claims: {@code sub},
 * who it is; {@code exp}, until when, required; {@code name}, what others are shown, cleaned and shortened, by default {@code sub};
 * {@code roles}, a list; {@code rooms}, a list of the only rooms that they may enter. Thread-safe; never waits.
 */
public final class Tokens {
    private static final int MAX_LENGTH = 8_192;
    private static final int MAX_SUBJECT = 255;
    /** Where neither name nor subject has a glyph. */
    private static final String UNNAMED = "User";

    private final TokenSettings settings;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /**
     * Takes the tokens of these settings.
     *
     * @param fetching fetches the JWK set; its threads may block
     * @throws IllegalStateException where the JWK set is a file that cannot be read
     */
    public Tokens(TokenSettings settings, Executor fetching) {
        this.settings = settings;
        KeySet set = settings.jwks().isEmpty() ? null : new KeySet(settings.jwks(), settings.refresh(), fetching);
        TokenKeys keys = new TokenKeys(settings.secret(), set);
        processor.setJWSKeySelector(keys);
        processor.setJWSVerifierFactory(keys);
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWTClaimsSetVerifier(claims(settings));
    }

    /** Takes none. */
    public static Tokens none() {
        return new Tokens(TokenSettings.NONE, Runnable::run);
    }

    private static DefaultJWTClaimsVerifier<SecurityContext> claims(TokenSettings settings) {
        JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
        if (!settings.issuer().isEmpty()) {
            exact.issuer(settings.issuer());
        }
        DefaultJWTClaimsVerifier<SecurityContext> verifier = new DefaultJWTClaimsVerifier<>(
                settings.audience().isEmpty() ? null : settings.audience(), exact.build(), Set.of("sub", "exp"));
        verifier.setMaxClockSkew((int) settings.clockSkew().toSeconds());
        return verifier;
    }

    /** Whether any tokens are taken. */
    public boolean enabled() {
        return settings.enabled();
    }

    /**
     * Whose token it is.
     *
     * @throws InvalidTokenException where it is not taken
     */
    public User user(String token) {
        if (!enabled()) {
            throw new InvalidTokenException("This server takes no tokens");
        }
        if (token.length() > MAX_LENGTH) {
            throw new InvalidTokenException("A token has at most " + MAX_LENGTH + " characters");
        }
        try {
            return user(processor.process(token, null));
        } catch (ParseException e) {
            throw new InvalidTokenException("This is no JSON Web Token");
        } catch (BadJOSEException | JOSEException e) {
            throw new InvalidTokenException("The token is not valid: " + e.getMessage());
        } catch (RefusedException e) {
            throw new InvalidTokenException("The token's rooms: " + e.getMessage());
        }
    }

    private User user(JWTClaimsSet claims) {
        String subject = claims.getSubject();
        if (subject.isBlank()
                || subject.length() > MAX_SUBJECT
                || subject.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidTokenException("The token's sub has 1 to " + MAX_SUBJECT + " characters");
        }
        Author author = new Author("user:" + subject, name(claims, subject));
        Duration skew = settings.clockSkew();
        return new User(
                author,
                list(claims, "roles").orElse(List.of()),
                list(claims, "rooms")
                        .map(names -> names.stream().map(RoomName::new).collect(Collectors.toUnmodifiableSet())),
                Optional.of(claims.getExpirationTime().toInstant().plus(skew)),
                User.Provider.TOKEN);
    }

    /** What the issuer calls somebody need not be a name that can be shown here; that must not keep them out. */
    private static String name(JWTClaimsSet claims, String subject) {
        Optional<String> given = Optional.ofNullable(claims.getClaim("name"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .flatMap(DisplayNames::cleaned);
        return given.or(() -> DisplayNames.cleaned(subject)).orElse(UNNAMED);
    }

    private static Optional<List<String>> list(JWTClaimsSet claims, String name) {
        if (claims.getClaim(name) == null) {
            return Optional.empty();
        }
        try {
            List<String> list = claims.getStringListClaim(name);
            if (list.contains(null)) {
                throw new InvalidTokenException("The token's " + name + " is a list of strings");
            }
            return Optional.of(list);
        } catch (ParseException e) {
            throw new InvalidTokenException("The token's " + name + " is a list of strings");
        }
    }
}
