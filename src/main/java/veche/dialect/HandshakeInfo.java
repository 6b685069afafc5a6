package veche.dialect;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import veche.room.Author;
import veche.room.User;

/**
 * What is known of a client from its opening handshake (RFC 6455 §4).
 *
 * @param subprotocol the one chosen, or empty
 * @param user who it is: the principal, the token's subject, or a guest
 * @param uri the endpoint as the client addressed it, {@code ws://host/chat} or {@code wss://…}
 * @param parameters the query's parameters, the first value of each
 * @param headers the request's header fields by lower-case name, several of one name joined by commas (RFC 9110
 *     §5.3)
 * @param remoteAddress the client's IP address, as trusted proxies tell it
 * @param languages what the client prefers, best first; never empty
 */
public record HandshakeInfo(
        String subprotocol,
        User user,
        URI uri,
        Map<String, String> parameters,
        Map<String, String> headers,
        String remoteAddress,
        List<Locale> languages) {
    public HandshakeInfo {
        parameters = Map.copyOf(parameters);
        headers = Map.copyOf(headers);
        languages = List.copyOf(languages);
    }

    /** Of a guest. */
    public HandshakeInfo(
            String subprotocol,
            Author guest,
            URI uri,
            Map<String, String> parameters,
            Map<String, String> headers,
            String remoteAddress,
            List<Locale> languages) {
        this(subprotocol, User.guest(guest), uri, parameters, headers, remoteAddress, languages);
    }

    /** As whom they speak. */
    public Author author() {
        return user.author();
    }

    /** A query parameter's first value. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Russian where the client's first language is, else English. */
    public Locale language() {
        return languages.get(0).getLanguage().equals("ru") ? languages.get(0) : Locale.ENGLISH;
    }
}
