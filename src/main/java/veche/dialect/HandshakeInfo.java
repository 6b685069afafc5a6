package veche.dialect;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import veche.room.Author;
import veche.room.User;

/**
 * Information about a client from its opening handshake (RFC 6455 §4).
 *
 * @param subprotocol the selected subprotocol, or empty
 * @param user the client's identity: the principal, the subject of the token, or a guest
 * @param uri the endpoint as the client addressed it, {@code ws://host/chat} or {@code wss://…}
 * @param parameters the query parameters, with the first value of each
 * @param headers the request's header fields by lower-case name; fields of the same name are joined by commas (RFC 9110
 *     §5.3)
 * @param remoteAddress the client's IP address, as forwarded by trusted proxies
 * @param languages the client's preferred languages, in descending order of preference; never empty
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

    /** Creates the handshake of a guest. */
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

    /** The author of the client's messages. */
    public Author author() {
        return user.author();
    }

    /** The first value of a query parameter. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Russian if it is the client's most preferred language, otherwise English. */
    public Locale language() {
        return languages.get(0).getLanguage().equals("ru") ? languages.get(0) : Locale.ENGLISH;
    }
}
