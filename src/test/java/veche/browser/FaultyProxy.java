package veche.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy between browser and server that the test can cut, or make drop the server's answers as a dead mobile
 * connection does. Thread-safe.
 */
final class FaultyProxy implements AutoCloseable {
    private final ServerSocket pending;
    private final int server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile boolean dropsAnswers;

    FaultyProxy(int server) {
        this.server = server;
        try {
            pending = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        daemon(this::accept);
    }

    /** The address of the page through this proxy. */
    String home() {
        return "http://127.0.0.1:" + pending.getLocalPort() + "/";
    }

    /** Breaks all connections and refuses new ones. */
    void cut() {
        cut = true;
        sockets.forEach(FaultyProxy::end);
        sockets.clear();
    }

    /** Drops what the server sends; what the browser sends still arrives. */
    void loseAnswers() {
        dropsAnswers = true;
    }

    /** Forwards new connections again. */
    void restore() {
        sockets.forEach(FaultyProxy::end);
        sockets.clear();
        dropsAnswers = false;
        cut = false;
    }

    @Override
    public void close() {
        cut();
        try {
            pending.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void accept() {
        while (!pending.isClosed()) {
            try {
                Socket browser = pending.accept();
                if (cut) {
                    end(browser);
                } else {
                    join(browser, new Socket(InetAddress.getLoopbackAddress(), server));
                }
            } catch (IOException failure) {
                if (!pending.isClosed() && !cut) {
                    System.err.println("proxy: " + failure.getMessage()); // the server is stopped
                }
            }
        }
    }

    private void join(Socket browser, Socket upstream) {
        sockets.add(browser);
        sockets.add(upstream);
        daemon(() -> pump(browser, upstream, false));
        daemon(() -> pump(upstream, browser, true));
    }

    private void pump(Socket from, Socket to, boolean answers) {
        var buffer = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!answers || !dropsAnswers) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            }
        } catch (IOException ended) {
            end(to); // closes both ends
        }
    }

    private static void end(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException alreadyGone) {
            // Nothing to close.
        }
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "faulty-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
