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
 * A network line between browser and server that the test may cut, or let fall silent as a phone's does: nothing is
 * closed, nothing arrives. Thread-safe.
 */
final class Line implements AutoCloseable {
    private final ServerSocket pending;
    private final int server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile boolean deafToAnswers;

    Line(int server) {
        this.server = server;
        try {
            pending = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        daemon(this::accept);
    }

    /** The address of the page through this line. */
    String home() {
        return "http://127.0.0.1:" + pending.getLocalPort() + "/";
    }

    /** Breaks all connections and refuses new ones. */
    void cut() {
        cut = true;
        sockets.forEach(Line::end);
        sockets.clear();
    }

    /** What the server says no longer arrives; what the browser says still does. */
    void loseAnswers() {
        deafToAnswers = true;
    }

    /** Works again, for new connections. */
    void restore() {
        sockets.forEach(Line::end);
        sockets.clear();
        deafToAnswers = false;
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
                    System.err.println(
                            "line: " + failure.getMessage()); // the server is away: as refused as through a real one
                }
            }
        }
    }

    private void join(Socket browser, Socket behind) {
        sockets.add(browser);
        sockets.add(behind);
        daemon(() -> pump(browser, behind, false));
        daemon(() -> pump(behind, browser, true));
    }

    private void pump(Socket from, Socket to, boolean answers) {
        var buffer = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!answers || !deafToAnswers) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            }
        } catch (IOException ended) {
            end(to); // one end is gone: so is the other
        }
    }

    private static void end(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException alreadyGone) {
            // It was to be closed, and it is.
        }
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "line");
        thread.setDaemon(true);
        thread.start();
    }
}
