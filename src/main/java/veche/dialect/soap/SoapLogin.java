package veche.dialect.soap;

import java.time.Duration;
import java.util.Optional;
import veche.identity.InvalidTokenException;
import veche.identity.Tokens;
import veche.limit.FailedLogins;
import veche.room.RefusedException;
import veche.room.User;

/**
 * Verifies the tokens in SOAP headers. Thread-safe.
 *
 * @param failures limits the failed logins of an address
 */
record SoapLogin(Tokens tokens, FailedLogins failures) {
    /**
     * Returns the user whom a token identifies.
     *
     * @param address the client's IP address
     * @throws InvalidTokenException if the token is invalid
     * @throws RefusedException ({@link RefusedException.Reason#LIMITED}) if logins from this address have failed too
     *     often
     */
    User user(String token, String address) {
        Optional<Duration> wait = failures.begin(address);
        if (wait.isPresent()) {
            throw RefusedException.limited("Too many failed logins from this address; retry later", wait.get());
        }
        boolean failed = false;
        try {
            return tokens.user(token);
        } catch (InvalidTokenException invalid) {
            failed = !invalid.expired();
            throw invalid;
        } finally {
            if (!failed) {
                failures.release(address);
            }
        }
    }
}
