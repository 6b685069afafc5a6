package veche.socket.container;

import io.undertow.server.HttpServerExchange;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;

/**
 * Ends requests whose body is not read. After the application, Tomcat and Undertow read the rest of a body with a
 * blocking read, so clients that announce a body and send none occupy all their threads. Thread-safe.
 */
public final class UnreadBody {
    private static final System.Logger LOG = System.getLogger(UnreadBody.class.getName());

    /** Makes Tomcat read without blocking; what arrives is discarded with the connection. */
    private static final ReadListener IGNORED = new ReadListener() {
        @Override
        public void onDataAvailable() {}

        @Override
        public void onAllDataRead() {}

        @Override
        public void onError(Throwable lost) {}
    };

    private UnreadBody() {}

    /**
     * Completes a response without content and closes the connection.
     *
     * @param response its status is set; it is not committed
     */
    public static void abandon(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Connection", "close");
        response.setContentLength(0);
        switch (Container.present()) {
            case TOMCAT -> {
                AsyncContext answer = request.startAsync();
                request.getInputStream().setReadListener(IGNORED);
                answer.complete();
            }
            case OTHER -> {
                response.flushBuffer();
                close(request);
            }
            case TYRUS -> {} // Grizzly does not block
        }
    }

    private static void close(HttpServletRequest request) throws IOException {
        ServletRequest original = request;
        while (original instanceof ServletRequestWrapper wrapper) {
            original = wrapper.getRequest();
        }
        try {
            ((HttpServerExchange) Internals.read(original, "exchange"))
                    .getConnection()
                    .close();
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            LOG.log(Level.DEBUG, "Unsupported Undertow internals; the server may wait for the body", e);
        }
    }
}
