package veche.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The slowest test classes of a build, from the reports of Surefire (unit) and Failsafe (integration). */
final class SlowestClasses {
    private static final int SHOWN = 10;

    /** @param name the class and, for integration tests, the execution in parentheses */
    private record Report(String name, double seconds, int tests) {
        private Report plus(Report other) {
            return new Report(name, seconds + other.seconds, tests + other.tests);
        }

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
                reports.addAll(reports(file));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Collection<Report> reports(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            XMLStreamReader xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(bytes);
            xml.nextTag();
            Report whole = new Report(
                    xml.getAttributeValue(null, "name"),
                    seconds(xml),
                    Integer.parseInt(xml.getAttributeValue(null, "tests")));
            return whole.tests() > 0 ? List.of(whole) : classes(xml, whole);
        } catch (XMLStreamException failure) {
            throw new IOException(file + " is no report", failure);
        }
    }

    /** Of a suite, whose report counts no tests, but lists those of its classes. */
    private static Collection<Report> classes(XMLStreamReader xml, Report suite) throws XMLStreamException {
        String execution = suite.name().replaceFirst("^[^(]*", "");
        Map<String, Report> classes = new TreeMap<>();
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("testcase")) {
                String name = xml.getAttributeValue(null, "classname") + execution;
                classes.merge(name, new Report(name, seconds(xml), 1), Report::plus);
            }
        }
        return classes.values();
    }

    private static double seconds(XMLStreamReader xml) {
        return Double.parseDouble(xml.getAttributeValue(null, "time").replace(",", ""));
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
