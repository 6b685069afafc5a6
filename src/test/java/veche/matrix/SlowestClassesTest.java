package veche.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowestClassesTest {
    @TempDir
    Path directory;

    private void report(int number, String seconds) throws IOException {
        Files.writeString(
                directory.resolve("TEST-" + number + ".xml"),
                "<?xml version='1.0'?>\n<testsuite name='C" + number + "' time='" + seconds + "' tests='2'/>");
    }

    @Test
    void theTenSlowestClassesAreListedInOrder() throws IOException {
        report(0, "1,200.5");
        for (int number = 1; number < 12; number++) {
            report(number, number + ".25");
        }
        String[] lines = new SlowestClasses(directory, directory.resolve("none"))
                .toString()
                .split("\n");
        assertEquals("Slowest of 12 test classes, 1269 s in all:", lines[0]);
        assertEquals(" 1200.5 s  C0, 2 tests", lines[1]);
        assertEquals(11, lines.length);
        assertEquals("    3.3 s  C3, 2 tests", lines[10]);
    }

    @Test
    void theClassesOfASuiteAreListed() throws IOException {
        Files.writeString(directory.resolve("TEST-suite.xml"), """
                <testsuite name='Suite(payara)' time='9' tests='0'>
                  <properties><property name='a' value='b'/></properties>
                  <testcase name='one' classname='C1' time='1.5'/>
                  <testcase name='two' classname='C1' time='2'><system-out>text</system-out></testcase>
                  <testcase name='three' classname='C2' time='0.5'/>
                </testsuite>
                """);
        String[] lines = new SlowestClasses(directory).toString().split("\n");
        assertEquals("Slowest of 2 test classes, 4 s in all:", lines[0]);
        assertEquals("    3.5 s  C1(payara), 2 tests", lines[1]);
        assertEquals("    0.5 s  C2(payara), 1 tests", lines[2]);
    }
}
