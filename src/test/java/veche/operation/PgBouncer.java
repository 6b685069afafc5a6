package veche.operation;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import veche.testing.FreePort;
import veche.testing.SystemProgram;

/** PgBouncer with {@code server-config/cluster/pgbouncer.ini}, of which only ports and paths are replaced. */
final class PgBouncer {
    private static final Path FILE = Path.of("server-config", "cluster", "pgbouncer.ini");

    private final int port = FreePort.next();

    /** Ends with this process. */
    PgBouncer(Database database) throws IOException {
        // It gives up the rights of root, and must then be able to read its files.
        Path home = Files.createTempDirectory("pgbouncer");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path users = home.resolve("userlist.txt");
        Files.writeString(users, "\"veche\" \"" + Database.PASSWORD + "\"\n");
        Path configuration = home.resolve("pgbouncer.ini");
        Files.writeString(
                configuration,
                Files.readString(FILE)
                        .replace("port=5432", "port=" + database.port())
                        .replace("listen_port = 6432", "listen_port = " + port)
                        .replace("/etc/pgbouncer/userlist.txt", users.toString()));
        Process process = Commands.start(home.resolve("out.log"), Map.of(), command(configuration));
        await("PgBouncer accepts connections, log in " + home)
                .failFast("PgBouncer has ended", () -> !process.isAlive())
                .until(this::accepts);
    }

    private static String[] command(Path configuration) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(SystemProgram.of("pgbouncer", List.of("pgbouncer")).toString());
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(configuration.toString());
        return command.toArray(String[]::new);
    }

    private boolean accepts() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The JDBC URL of its database. In transaction mode, statements that the server has prepared cannot be used. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/veche?prepareThreshold=0";
    }
}
