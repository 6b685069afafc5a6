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
     * Completes a response and closes the connection. The request may be asynchronous, without a read listener.
     *
     * @param response its status is set; it is not committed
     * @param content the body of the response
     */
    public static void abandon(HttpServletRequest request, HttpServletResponse response, byte... content)
            throws IOException {
        response.setHeader("Connection", "close");
        response.setContentLength(content.length);
        if (Container.present() == Container.TOMCAT) {
            AsyncContext answer = request.isAsyncStarted() ? request.getAsyncContext() : request.startAsync();
            request.getInputStream().setReadListener(IGNORED);
            response.getOutputStream().write(content);
            answer.complete();
            return;
        }
        response.getOutputStream().write(content);
        if (Container.present() == Container.OTHER && !request.getProtocol().startsWith("HTTP/2")) {
            response.flushBuffer();
            close(request);
        }
        // Grizzly does not block.
        if (request.isAsyncStarted()) {
            request.getAsyncContext().complete();
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
