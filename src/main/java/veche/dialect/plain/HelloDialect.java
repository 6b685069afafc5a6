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
 * The tutorial's demo: greets a client by the name that it introduces itself with, in the language of the message,
 * and closes with 1000, 5 s after the first greeting.
 */
public final class HelloDialect implements Dialect {
    private static final Duration CLOSE_DELAY = Duration.ofSeconds(5);
    private static final Pattern CYRILLIC = Pattern.compile("\\p{IsCyrillic}");
    /** An introduction in either language; group 1 is the name. */
    private static final Pattern INTRODUCTION = Pattern.compile(
            "(?:меня\\s+зовут|my\\s+name\\s+is)\\s+([\\p{L}\\p{M}][\\p{L}\\p{M}\\p{Nd}\\p{Pc}'’-]{0,31})",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    @Override
    public List<String> subprotocols() {
        return List.of();
    }

    @Override
    public DialectSession open(Client client, HandshakeInfo handshake) {
        return new Session(client, handshake, new AtomicBoolean());
    }

    private record Session(Client client, HandshakeInfo handshake, AtomicBoolean closing) implements DialectSession {
        @Override
        public void onText(String text) {
            boolean russian = CYRILLIC.matcher(text).find()
                    || !text.matches("(?s).*[A-Za-z].*")
                            && handshake.language().getLanguage().equals("ru");
            Matcher introduced = INTRODUCTION.matcher(text);
            String name = introduced.find() ? introduced.group(1) : russian ? "Гость" : "Guest";
            client.send(new Frame.Text((russian ? "Привет с сервера, " : "Hello from server, ") + name + "!"));
            if (closing.compareAndSet(false, true)) {
                client.closeAfter(CLOSE_DELAY, CloseCode.NORMAL, russian ? "Пока!" : "Bye!");
            }
        }

        @Override
        public void onBinary(ByteBuffer data) {
            client.close(CloseCode.UNACCEPTABLE, "Binary messages are not supported");
        }

        @Override
        public void onClose() {
            // No resources to release.
        }
    }
}
