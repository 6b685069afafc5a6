package veche.socket.container;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Defers reading from a connection until Tyrus has completed its setup. Tyrus registers its read listener too early: if
 * a client has sent a frame together with its handshake, Payara calls the listener at once on the same thread, where
 * Tyrus waits for a step that this thread would perform next. The connection would never receive anything, and the
 * thread would be blocked until the server is restarted.
 */
public final class TyrusUpgradeHandler implements HttpUpgradeHandler {
    private @Nullable HttpUpgradeHandler tyrus;

    /** Called by the container, which creates one instance per connection. */
    public TyrusUpgradeHandler() {}

    /** Wraps the request for Tyrus; on other servers returns it unchanged. */
    public static HttpServletRequest of(HttpServletRequest request) {
        Object container = request.getServletContext().getAttribute(ServerContainer.class.getName());
        boolean tyrus = container != null && container.getClass().getName().startsWith("org.glassfish.tyrus.");
        return tyrus ? new Request(request) : request;
    }

    @Override
    public void init(WebConnection connection) {
        DeferredConnection deferred = new DeferredConnection(connection);
        tyrus().init(deferred);
        deferred.startReading();
    }

    @Override
    public void destroy() {
        tyrus().destroy();
    }

    /** Set by {@link Request#upgrade} before the container initializes this handler. */
    private HttpUpgradeHandler tyrus() {
        return Objects.requireNonNull(tyrus);
    }

    /** Unwraps the container's connection from the one passed to Tyrus. */
    static Object container(Object connection) {
        return connection instanceof DeferredConnection deferred ? deferred.connection : connection;
    }

    private static final class Request extends HttpServletRequestWrapper {
        Request(HttpServletRequest request) {
            super(request);
        }

        @Override
        public <T extends HttpUpgradeHandler> T upgrade(Class<T> type) throws IOException, ServletException {
            try {
                T handler = type.getConstructor().newInstance();
                super.upgrade(TyrusUpgradeHandler.class).tyrus = handler;
                return handler;
            } catch (ReflectiveOperationException e) {
                throw new ServletException(e);
            }
        }
    }

    private static final class DeferredConnection implements WebConnection {
        private final WebConnection connection;
        private @Nullable DeferredInput input;

        DeferredConnection(WebConnection connection) {
            this.connection = connection;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            DeferredInput deferred = input;
            if (deferred == null) {
                deferred = new DeferredInput(connection.getInputStream());
                input = deferred;
            }
            return deferred;
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return connection.getOutputStream();
        }

        @Override
        public void close() throws IOException {
            try {
                connection.close();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }

        void startReading() {
            if (input != null) {
                input.start();
            }
        }
    }

    /** Stores the read listener until {@link #start}. */
    private static final class DeferredInput extends ServletInputStream {
        private final ServletInputStream input;
        private @Nullable ReadListener listener;

        DeferredInput(ServletInputStream input) {
            this.input = input;
        }

        @Override
        public void setReadListener(ReadListener reading) {
            listener = reading;
        }

        void start() {
            if (listener != null) {
                input.setReadListener(listener);
            }
        }

        @Override
        public boolean isFinished() {
            return input.isFinished();
        }

        @Override
        public boolean isReady() {
            return input.isReady();
        }

        @Override
        public int available() throws IOException {
            return input.available();
        }

        @Override
        public int read() throws IOException {
            return input.read();
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            return input.read(to, offset, length);
        }

        @Override
        public void close() throws IOException {
            input.close();
        }
    }
}
