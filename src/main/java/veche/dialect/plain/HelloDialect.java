package veche.dialect.plain;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Dialect;
import veche.dialect.DialectSession;
import veche.dialect.Frame;
import veche.dialect.HandshakeInfo;

/**
 * The tutorial's demo: who names themselves is greeted by name, in the language they spoke, and 5 s later the server
 * closes with 1000.
 */
public final class HelloDialect implements Dialect {
    private static final Duration BEFORE_CLOSING = Duration.ofSeconds(5);
    private static final Pattern CYRILLIC = Pattern.compile("\\p{IsCyrillic}");
    /** What introduces a name, in both languages, and is itself none. */
    private static final Pattern INTRODUCTION = Pattern.compile(
            "(?:меня\\s+зовут|my\\s+name\\s+is)\\s+([\\p{L}\\p{M}][\\p{L}\\p{M}\\p{Nd}\\p{Pc}'’-]{0,31})",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    @Override
    public List<String> subprotocols() {
        return List.of();
    }

    @Override
    public DialectSession open(Client client, HandshakeInfo handshake) {
        return new Greeting(client, handshake, new AtomicBoolean());
    }

    private record Greeting(Client client, HandshakeInfo handshake, AtomicBoolean closing) implements DialectSession {
        @Override
        public void onText(String text) {
            boolean russian = CYRILLIC.matcher(text).find()
                    || !text.matches("(?s).*[A-Za-z].*")
                            && handshake.language().getLanguage().equals("ru");
            Matcher introduced = INTRODUCTION.matcher(text);
            String name = introduced.find() ? introduced.group(1) : russian ? "Гость" : "Guest";
            client.send(new Frame.Text((russian ? "Привет с сервера, " : "Hello from server, ") + name + "!"));
            if (closing.compareAndSet(false, true)) {
                client.closeAfter(BEFORE_CLOSING, CloseCode.NORMAL, russian ? "Пока!" : "Bye!");
            }
        }

        @Override
        public void onBinary(ByteBuffer data) {
            client.close(CloseCode.UNACCEPTABLE, "Say it in text");
        }

        @Override
        public void onClose() {
            // Nothing is held.
        }
    }
}
