package veche.dialect.wamp.router;

import java.util.Map;
import veche.room.Author;

/**
 * Who a session is.
 *
 * @param authid the principal
 * @param authrole what it may be
 * @param authmethod how it proved it
 * @param authprovider who vouches
 * @param authextra what WELCOME tells beside
 * @param author as whom it speaks in rooms
 */
public record Identity(
        String authid,
        String authrole,
        String authmethod,
        String authprovider,
        Map<String, Object> authextra,
        Author author) {}
