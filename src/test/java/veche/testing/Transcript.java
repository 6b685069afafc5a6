package veche.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dialogue of clients with the server, one frame a line. The first line is a comment that states the behaviour and
 * its source. Then:
 *
 * <ul>
 *   <li>{@code = veche.setting value}: a setting that differs from its default, before the first frame;
 *   <li>{@code > text}: a frame that the client sends, {@code < text} one that the server sends to it; with several
 *       clients their names precede: {@code ann> text}, {@code bob< text};
 *   <li>an indented line continues the one before, an empty line and {@code #} separate and explain.
 * </ul>
 *
 * A placeholder such as <code>{session}</code> has the same value everywhere, that of its first occurrence in a frame
 * of the server; <code>{time}</code> is a time in RFC 3339, and <code>{…}</code> any content. JSON is compared by
 * value: the order of an object's members is irrelevant.
 */
public final class Transcript {
    private static final Pattern FRAME = Pattern.compile("(\\w*)([<>]) (.+)");
    private static final Pattern SETTING = Pattern.compile("= (veche\\.\\S+) (.+)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]\\w*)}");

    private final String title;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<Line> lines = new ArrayList<>();

    /** The server of one transcript. */
    public interface Server extends AutoCloseable {
        /** Passes a frame of a client to the server. */
        void send(String client, String frame);

        /** Awaits the next frame for the client; empty if none is sent in time. */
        Optional<String> next(String client);

        /** Awaits the end of all work, and returns the frames that no line of the transcript has taken. */
        List<String> rest();

        @Override
        void close();
    }

    private record Line(int number, String client, boolean fromServer, String text) {
        Line with(String continuation) {
            String separator = continuation.startsWith("<") ? "" : " ";
            return new Line(number, client, fromServer, text + separator + continuation);
        }

        AssertionError failure(String problem) {
            return new AssertionError("Line " + number + ": " + problem);
        }
    }

    private Transcript(String title) {
        this.title = title;
    }

    /** @throws IllegalArgumentException if a line is none of the documented ones */
    public static Transcript parse(String text) {
        List<String> all = text.lines().toList();
        if (all.isEmpty() || !all.get(0).startsWith("# ")) {
            throw new IllegalArgumentException("Line 1: the comment with behaviour and source is missing");
        }
        Transcript transcript = new Transcript(all.get(0).substring(2));
        for (int i = 1; i < all.size(); i++) {
            transcript.add(i + 1, all.get(i));
        }
        return transcript;
    }

    private void add(int number, String line) {
        Matcher frame = FRAME.matcher(line);
        Matcher setting = SETTING.matcher(line);
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (frame.matches()) {
            lines.add(new Line(number, frame.group(1), frame.group(2).equals("<"), frame.group(3)));
        } else if (setting.matches() && lines.isEmpty()) {
            settings.put(setting.group(1), setting.group(2));
        } else if (line.startsWith(" ") && !lines.isEmpty()) {
            int last = lines.size() - 1;
            lines.set(last, lines.get(last).with(line.strip()));
        } else {
            throw new IllegalArgumentException("Line " + number + " is not a line of a transcript: " + line);
        }
    }

    /** The behaviour, and the section of the specification that demands it. */
    public String title() {
        return title;
    }

    /** The frames that clients send, in order; placeholders are not replaced. */
    public List<String> sent() {
        return lines.stream().filter(line -> !line.fromServer()).map(Line::text).toList();
    }

    /**
     * Plays all lines against a server.
     *
     * @param start starts a server with these settings
     * @throws AssertionError if a frame differs, is missing, or is left over
     */
    public void play(Function<Map<String, String>, Server> start) {
        Map<String, String> values = new LinkedHashMap<>();
        try (Server server = start.apply(settings)) {
            for (Line line : lines) {
                if (line.fromServer()) {
                    receive(server, line, values);
                } else {
                    server.send(line.client(), filled(line, values));
                }
            }
            List<String> rest = server.rest();
            if (!rest.isEmpty()) {
                throw new AssertionError("After the last line the server sent:\n" + String.join("\n", rest));
            }
        }
    }

    private static String filled(Line line, Map<String, String> values) {
        return PLACEHOLDER.matcher(line.text()).replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                throw line.failure("the server has not sent " + found.group() + " before");
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static void receive(Server server, Line line, Map<String, String> values) {
        String actual = server.next(line.client())
                .orElseThrow(() -> line.failure("the server sent nothing instead of\n  " + line.text()));
        ExpectedFrame expected = new ExpectedFrame(line.text());
        if (!expected.matches(actual, values)) {
            throw line.failure(expected.difference(actual, values));
        }
    }
}
