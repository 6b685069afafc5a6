package veche.deployment;

import java.util.ArrayList;
import java.util.List;

/** Connections of an attack, closed together. */
final class Attackers implements AutoCloseable {
    /** More than the threads in any server's pool. */
    static final int COUNT = 300;

    private final List<AutoCloseable> connections = new ArrayList<>();

    <T extends AutoCloseable> T add(T connection) {
        connections.add(connection);
        return connection;
    }

    @Override
    public void close() {
        for (AutoCloseable connection : connections) {
            try {
                connection.close();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
