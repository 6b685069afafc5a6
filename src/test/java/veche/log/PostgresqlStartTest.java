package veche.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Opening a log in a PostgreSQL that cannot be used, or not yet. */
class PostgresqlStartTest {
    private static final String STARTING = "57P03";
    private static final String NO_PASSWORD = "28P01";
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    /** Well below the time for which a starting server is awaited. */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private static IllegalStateException failureToOpen(int port) {
        String url = "jdbc:postgresql://" + HERE.getHostAddress() + ":" + port + "/veche?sslmode=disable";
        return assertTimeout(
                AT_ONCE,
                () -> assertThrows(
                        IllegalStateException.class, () -> Logs.postgresql(url, "veche", "", LogLimits.DEFAULT)));
    }

    /** Refuses each connection with the next of the errors (PostgreSQL, "Message Formats": ErrorResponse). */
    private static void refuse(ServerSocket server, Queue<String> errors) {
        while (!errors.isEmpty()) {
            try (Socket socket = server.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                in.skipNBytes(in.readInt() - Integer.BYTES);
                String error = errors.remove();
                byte[] fields = ("SFATAL\0C" + error + "\0Merror " + error + "\0\0").getBytes(StandardCharsets.UTF_8);
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeByte('E');
                out.writeInt(Integer.BYTES + fields.length);
                out.write(fields);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void aRefusedConnectionIsReportedAtOnce() throws IOException {
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, HERE)) {
            port = unused.getLocalPort();
        }
        String message = failureToOpen(port).getMessage();
        assertTrue(message.contains("postgresql") && message.contains("" + port), message);
    }

    @Test
    void aStartingServerIsAwaitedAndARefusedLoginIsReportedAtOnce() throws Exception {
        Queue<String> errors = new ConcurrentLinkedQueue<>(List.of(STARTING, STARTING, NO_PASSWORD));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (ServerSocket server = new ServerSocket(0, 1, HERE)) {
            var refusing = thread.submit(() -> refuse(server, errors));
            String message = failureToOpen(server.getLocalPort()).getMessage();
            assertTrue(message.contains("error " + NO_PASSWORD), message);
            refusing.get();
            assertEquals(0, errors.size());
        } finally {
            thread.shutdownNow();
        }
    }
}
