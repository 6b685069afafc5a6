package veche.bench.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What all measured JVMs have in common. */
final class Java {
    /** One heap for all, so that none is helped by more. */
    static final String HEAP = "-Xmx1g";

    /** As server-config sets it: each time that classes outgrow a smaller one, the whole heap is collected. */
    static final String METASPACE = "-XX:MetaspaceSize=256m";

    private Java() {}

    /** The start of a command line; temporary files stay in the server's folder. */
    static List<String> command(Path folder) {
        return new ArrayList<>(
                List.of(System.getProperty("java.home") + "/bin/java", HEAP, METASPACE, "-Djava.io.tmpdir=" + folder));
    }

    /** A main class with its class path and arguments. */
    static ProcessBuilder program(Path folder, String classPath, String... mainAndArguments) {
        List<String> command = command(folder);
        command.addAll(List.of("-cp", classPath));
        command.addAll(List.of(mainAndArguments));
        return new ProcessBuilder(command);
    }
}
