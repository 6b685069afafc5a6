package veche.dialect.wamp.chat;

import java.nio.ByteBuffer;
import veche.dialect.wamp.codec.Text;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.Arguments;
import veche.room.Audience;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Kind;

/**
 * Converts publications to drafts of room messages. The first argument is the text (a string) or the content of a file
 * (a binary string). Keyword arguments are {@code text}, {@code name} (of a file), {@code data}, {@code kind},
 * {@code target} and {@code key}.
 */
final class Drafts {
    private Drafts() {}

    static Draft of(Author author, Payload given, Audience audience) {
        Payload payload = given.portable();
        Arguments arguments = new Arguments(payload);
        Object first = payload.args().isEmpty() ? null : payload.args().get(0);
        if (first != null && !(first instanceof String) && !(first instanceof ByteBuffer)) {
            throw new WampErrorException(Uri.INVALID_ARGUMENT, "A room accepts a string or a binary string");
        }
        String text = first instanceof String string
                ? Text.whole(string)
                : arguments.keyword("text", String.class).orElse(null);
        ByteBuffer data = first instanceof ByteBuffer bytes
                ? bytes
                : arguments.keyword("data", ByteBuffer.class).orElse(null);
        Kind kind =
                arguments.keyword("kind", String.class).map(Drafts::kind).orElse(data == null ? Kind.TEXT : Kind.FILE);
        return new Draft(
                author,
                kind,
                text,
                arguments.keyword("name", String.class).orElse(null),
                data,
                arguments
                        .keyword("target", String.class)
                        .map(Arguments::messageId)
                        .orElse(null),
                arguments.keyword("key", String.class).orElse(null),
                audience);
    }

    private static Kind kind(String name) {
        try {
            return Kind.ofWireName(name);
        } catch (IllegalArgumentException e) {
            throw new WampErrorException(Uri.INVALID_ARGUMENT, "Unknown kind '" + name + "'");
        }
    }

    /** Whether the draft changes another message. */
    static boolean amends(Draft draft) {
        return draft.kind() == Kind.EDIT || draft.kind() == Kind.DELETE || draft.kind() == Kind.REACTION;
    }
}
