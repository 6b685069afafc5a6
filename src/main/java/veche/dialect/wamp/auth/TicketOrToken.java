package veche.dialect.wamp.auth;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import veche.dialect.wamp.message.Dict;

/**
 * Method {@code ticket} where JSON Web Tokens and the tickets of a credential store are accepted. The form of the
 * ticket decides: a JSON Web Token is never looked up in the store, whatever the authid, and the challenge is the same
 * for both.
 */
public final class TicketOrToken implements Authenticator {
    /** The compact serialization of a JWS (RFC 7515 §7.1). */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

    private final TokenLogin tokens;
    private final TicketLogin tickets;

    public TicketOrToken(TokenLogin tokens, TicketLogin tickets) {
        this.tokens = tokens;
        this.tickets = tickets;
    }

    /** Whether a ticket has the form of a JSON Web Token. */
    public static boolean isToken(String ticket) {
        return TOKEN.matcher(ticket).matches();
    }

    @Override
    public String method() {
        return "ticket";
    }

    @Override
    public CompletionStage<Step> begin(Claim claim) {
        return CompletableFuture.completedFuture(
                new Challenged(Dict.EMPTY, answer -> verify(claim, answer.signature())));
    }

    private CompletionStage<Step> verify(Claim claim, String ticket) {
        if (isToken(ticket)) {
            return tokens.verify(claim.authid(), ticket);
        }
        return claim.authid() == null ? Proof.denied() : tickets.verify(claim.realm(), claim.authid(), ticket);
    }
}
