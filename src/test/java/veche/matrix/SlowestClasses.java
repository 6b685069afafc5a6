package veche.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The slowest test classes of a build, from the reports of Surefire (unit) and Failsafe (integration). */
final class SlowestClasses {
    private static final int SHOWN = 10;

    /** @param name the class and, for integration tests, the execution in parentheses */
    private record Report(String name, double seconds, int tests) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%7.1f s  %s, %d tests", seconds, name, tests);
        }
    }

    private final List<Report> reports = new ArrayList<>();

    /** Reads the directories that exist. */
    SlowestClasses(Path... directories) {
        for (Path directory : directories) {
            if (Files.isDirectory(directory)) {
                read(directory);
            }
        }
    }

    private void read(Path directory) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "TEST-*.xml")) {
            for (Path file : files) {
                reports.add(report(file));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Report report(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            XMLStreamReader suite = XMLInputFactory.newDefaultFactory().createXMLStreamReader(bytes);
            suite.nextTag();
            return new Report(
                    suite.getAttributeValue(null, "name"),
                    Double.parseDouble(suite.getAttributeValue(null, "time").replace(",", "")),
                    Integer.parseInt(suite.getAttributeValue(null, "tests")));
        } catch (XMLStreamException failure) {
            throw new IOException(file + " is no report", failure);
        }
    }

    /** A line with the total, then one for each of the ten slowest classes. */
    @Override
    public String toString() {
        double total = reports.stream().mapToDouble(Report::seconds).sum();
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "Slowest of %d test classes, %.0f s in all:%n", reports.size(), total));
        reports.stream()
                .sorted(Comparator.comparingDouble(Report::seconds).reversed())
                .limit(SHOWN)
                .forEach(report -> text.append(report).append('\n'));
        return text.toString();
    }
}
