package veche.bench.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of the measured JVMs. */
final class Java {
    /** The same heap size for all. */
    static final String HEAP = "-Xmx1g";

    /** As in server-config: with the default, the growth of the metaspace triggers several full collections. */
    static final String METASPACE = "-XX:MetaspaceSize=256m";

    private Java() {}

    /** The first arguments of a command line; temporary files are created in the server's folder. */
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
