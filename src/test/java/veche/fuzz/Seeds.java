package veche.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import veche.dialect.Frame;
import veche.dialect.wamp.codec.DecodingException;
import veche.dialect.wamp.codec.DecodingLimits;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.codec.Formats;
import veche.testing.Transcript;

/** Initial inputs of fuzz targets: the frames of the clients in the transcripts. */
final class Seeds {
    private static final Path TRANSCRIPTS = Path.of("src/test/resources/transcripts");

    private Seeds() {}

    /** The frames sent in one dialect, without the opening handshakes. */
    static Stream<String> sent(String dialect) {
        try (Stream<Path> files = Files.list(TRANSCRIPTS.resolve(dialect))) {
            return files.sorted().toList().stream()
                    .flatMap(file -> Transcript.parse(read(file)).sent().stream())
                    .filter(frame -> !frame.startsWith("GET "))
                    .map(frame -> frame.replaceFirst("^binary ", ""))
                    .distinct();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The WAMP messages of the transcripts in this format. */
    static Stream<byte[]> wamp(Format format) {
        Format json = new Formats(DecodingLimits.DEFAULT).json();
        return sent("wamp")
                .flatMap(text -> messages(json, text))
                .map(format::write)
                .map(Seeds::octets);
    }

    private static Stream<List<Object>> messages(Format json, String text) {
        try {
            return json.read(new Frame.Text(text)).stream();
        } catch (DecodingException placeholders) {
            return Stream.empty();
        }
    }

    private static byte[] octets(Frame frame) {
        if (frame instanceof Frame.Text text) {
            return octets(text.text());
        }
        byte[] octets = new byte[frame.weight()];
        ((Frame.Binary) frame).data().get(octets);
        return octets;
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
