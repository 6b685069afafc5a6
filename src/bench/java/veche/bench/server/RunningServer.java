package veche.bench.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import veche.bench.load.Upgrade;

/** A started server that accepts WebSocket handshakes. */
public final class RunningServer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 180;
    private static final int RETRY_MILLIS = 200;
    private static final int ANSWER_MILLIS = 5_000;
    private static final int LAST_LINES = 30;

    private final Server server;
    private final ChildProcesses processes;
    private final Process process;
    private final Path output;
    private final int port;

    /**
     * Starts a server on one core in an empty folder, and waits until it accepts handshakes.
     *
     * @throws IOException if it ends or is not ready within 180 seconds; the message contains the end of its output
     */
    public RunningServer(Server server, Path folder, int core, ChildProcesses processes)
            throws IOException, InterruptedException {
        this.server = server;
        this.processes = processes;
        delete(folder);
        Files.createDirectories(folder);
        output = folder.resolve("output.log");
        port = freePort();
        ProcessBuilder builder = server.launcher().prepare(port, folder);
        builder.command().addAll(0, List.of("taskset", "-c", Integer.toString(core)));
        process = processes.start(builder.redirectErrorStream(true).redirectOutput(output.toFile()));
        awaitReady();
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The id of the largest of the process and its descendants: some servers are started by scripts. */
    public long pid() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .max(Comparator.comparingLong(RunningServer::resident))
                .orElseThrow()
                .pid();
    }

    private static long resident(ProcessHandle handle) {
        try {
            String pages = Files.readString(Path.of("/proc", Long.toString(handle.pid()), "statm"));
            return Long.parseLong(pages.split(" ")[1]);
        } catch (IOException ended) {
            return 0;
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000;
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                String last = tail();
                close();
                throw new IOException(server.title() + " does not serve " + server.target() + ":\n" + last);
            }
            Thread.sleep(RETRY_MILLIS);
        }
    }

    private boolean isReady() {
        Upgrade upgrade = new Upgrade();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream()
                    .write(upgrade.request("127.0.0.1", port, server.target().replace("{room}", "ready"), null, false));
            return upgrade.isAccepted(head(socket.getInputStream()));
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    private String tail() throws IOException {
        var lines = Files.readAllLines(output, ISO_8859_1);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    @Override
    public void close() {
        processes.end(process);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(RunningServer::deleteFile);
        }
    }

    private static void deleteFile(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
