package veche.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy on the way from a node to PostgreSQL, which can be interrupted. Thread-safe. */
final class FaultyLink implements AutoCloseable {
    private enum State {
        OPEN,
        STALLED,
        CUT
    }

    private final ServerSocket server;
    private volatile int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    /** Guarded by this. */
    private State state = State.OPEN;

    FaultyLink(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Resets all connections, and new ones at once. */
    void cut() {
        set(State.CUT);
        reset();
    }

    /** Forwards nothing in either direction, without an error, as a network without a route. */
    void stall() {
        set(State.STALLED);
    }

    /** Forwards again; what was stalled is delivered. */
    void restore() {
        set(State.OPEN);
    }

    /** Connects to another port from now on. */
    void redirect(int port) {
        target = port;
        reset();
    }

    /** Resets all connections, of which data that was stalled is lost. */
    void reset() {
        sockets.forEach(FaultyLink::end);
        sockets.clear();
    }

    private synchronized void set(State next) {
        state = next;
        notifyAll();
    }

    private synchronized State awaitNotStalled() throws InterruptedException {
        while (state == State.STALLED) {
            wait();
        }
        return state;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                client.setTcpNoDelay(true);
                sockets.add(client);
                start(() -> connect(client));
            } catch (IOException closed) {
                set(State.CUT);
            }
        }
    }

    private void connect(Socket client) {
        try {
            if (awaitNotStalled() == State.CUT) {
                end(client);
                return;
            }
            Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
            upstream.setTcpNoDelay(true);
            sockets.add(upstream);
            start(() -> pump(client, upstream));
            pump(upstream, client);
        } catch (IOException refused) {
            end(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(client);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[64 << 10];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitNotStalled();
                out.write(buffer, 0, read);
            }
        } catch (IOException ended) {
            // The other direction ends, too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end(from);
        end(to);
    }

    private static void end(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException closedBefore) {
            // Nothing to end.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "faulty-link");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        cut();
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
