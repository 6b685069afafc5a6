package veche.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import veche.room.Author;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.User;
import veche.room.access.Capabilities;

/**
 * Authenticates users by JSON Web Tokens (RFC 7519) signed with HS256, RS256, ES256 or EdDSA. Claims: {@code sub}, the
 * user, required; {@code exp}, the expiry, required; {@code name}, the display name, cleaned and truncated, by default
 * {@code sub}; {@code roles}, a list of roles (the settings may name other claims for these two); {@code rooms}, a list
 * of the only rooms that the user may enter; {@code caps}, the only rooms and privileges there, see
 * {@link CapabilitiesClaim}; {@code jti} and {@code iat}, by which it may be revoked. Thread-safe and non-blocking.
 */
public final class Tokens {
    private static final int MAX_LENGTH = 8_192;
    private static final int MAX_SUBJECT = 255;
    /** The display name if neither name nor subject has a glyph. */
    private static final String UNNAMED = "User";

    private final TokenSettings settings;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /**
     * Creates an instance that accepts tokens according to the settings.
     *
     * @param fetching the executor that fetches the JWK set; its threads must be allowed to block
     * @throws IllegalStateException if the JWK set is a file that cannot be read
     */
    public Tokens(TokenSettings settings, Executor fetching) {
        this.settings = settings;
        KeySet set = KeySource.of(settings)
                .map(source -> new KeySet(source, settings.refresh(), fetching))
                .orElse(null);
        TokenKeys keys = new TokenKeys(settings.secret(), set);
        processor.setJWSKeySelector(keys);
        processor.setJWSVerifierFactory(keys);
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWTClaimsSetVerifier(claims(settings));
    }

    /** Creates an instance that rejects all tokens. */
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

    /** Whether any tokens are accepted. */
    public boolean enabled() {
        return settings.enabled();
    }

    /**
     * Verifies a token and returns its user.
     *
     * @throws InvalidTokenException if the token is not accepted
     */
    public User user(String token) {
        if (!enabled()) {
            throw new InvalidTokenException("This server does not accept tokens");
        }
        if (token.length() > MAX_LENGTH) {
            throw new InvalidTokenException("The token must have at most " + MAX_LENGTH + " characters");
        }
        try {
            return user(processor.process(token, null));
        } catch (ParseException e) {
            throw new InvalidTokenException("Malformed JSON Web Token");
        } catch (ExpiredJWTException e) {
            throw new InvalidTokenException("Invalid token: " + e.getMessage(), true);
        } catch (BadJOSEException | JOSEException e) {
            throw new InvalidTokenException("Invalid token: " + e.getMessage());
        } catch (RefusedException e) {
            throw new InvalidTokenException("Invalid rooms in the token: " + e.getMessage());
        }
    }

    private User user(JWTClaimsSet claims) {
        String subject = claims.getSubject();
        if (subject.isBlank()
                || subject.length() > MAX_SUBJECT
                || subject.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidTokenException(
                    "The token's sub must have 1 to " + MAX_SUBJECT + " characters and no control characters");
        }
        Author author = new Author("user:" + subject, name(claims, subject));
        Duration skew = settings.clockSkew();
        return new User(
                author,
                roles(claims),
                list(claims, "rooms")
                        .map(names -> names.stream().map(RoomName::new).collect(Collectors.toUnmodifiableSet())),
                Optional.of(claims.getExpirationTime().toInstant().plus(skew)),
                User.Provider.TOKEN,
                Optional.of(new User.TokenId(
                        Optional.ofNullable(claims.getJWTID()),
                        Optional.ofNullable(claims.getIssueTime()).map(Date::toInstant))),
                capabilities(claims));
    }

    /** Falls back to other names: a name claim that is no valid display name must not prevent authentication. */
    private String name(JWTClaimsSet claims, String subject) {
        Optional<String> given = claim(claims, settings.claims().name())
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .flatMap(DisplayNames::cleaned);
        return given.or(() -> DisplayNames.cleaned(subject)).orElse(UNNAMED);
    }

    private List<String> roles(JWTClaimsSet claims) {
        String name = settings.claims().roles();
        return claim(claims, name).map(value -> strings(name, value)).orElse(List.of());
    }

    /** A claim of this name, which may contain dots, otherwise the member at the end of this path. */
    private static Optional<Object> claim(JWTClaimsSet claims, String path) {
        Object value = claims.getClaim(path);
        if (value == null) {
            value = claims.getClaims();
            for (String member : path.split("\\.", -1)) {
                value = value instanceof Map<?, ?> object ? object.get(member) : null;
            }
        }
        return Optional.ofNullable(value);
    }

    /** A claim that is null is malformed: only its absence stands for no limit. */
    private static Optional<Capabilities> capabilities(JWTClaimsSet claims) {
        return claims.getClaims().containsKey("caps")
                ? Optional.of(CapabilitiesClaim.parse(claims.getClaim("caps")))
                : Optional.empty();
    }

    private static Optional<List<String>> list(JWTClaimsSet claims, String name) {
        return Optional.ofNullable(claims.getClaim(name)).map(value -> strings(name, value));
    }

    private static List<String> strings(String name, Object value) {
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw new InvalidTokenException("The token's " + name + " must be a list of strings");
    }
}
