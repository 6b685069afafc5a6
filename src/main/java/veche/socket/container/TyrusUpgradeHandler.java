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

/**
 * Lets Payara read from a connection only after Tyrus has made the connection whole. Tyrus asks for data first: where a
 * client has sent a frame together with its handshake, Payara then calls back at once, on the same thread, and Tyrus waits
 * there for what this thread would do next. The connection is deaf, and the thread is lost until the server is restarted.
 */
public final class TyrusUpgradeHandler implements HttpUpgradeHandler {
    private HttpUpgradeHandler handler;

    /** For the container, which makes one for each connection. */
    public TyrusUpgradeHandler() {}

    /** The request as Tyrus is to see it; on another server the request itself. */
    public static HttpServletRequest of(HttpServletRequest request) {
        Object container = request.getServletContext().getAttribute(ServerContainer.class.getName());
        boolean tyrus = container != null && container.getClass().getName().startsWith("org.glassfish.tyrus.");
        return tyrus ? new Request(request) : request;
    }

    @Override
    public void init(WebConnection connection) {
        LateConnection late = new LateConnection(connection);
        handler.init(late);
        late.read();
    }

    @Override
    public void destroy() {
        handler.destroy();
    }

    /** The container's own connection, of which Tyrus has seen another. */
    static Object container(Object connection) {
        return connection instanceof LateConnection late ? late.connection : connection;
    }

    private static final class Request extends HttpServletRequestWrapper {
        Request(HttpServletRequest request) {
            super(request);
        }

        @Override
        public <T extends HttpUpgradeHandler> T upgrade(Class<T> type) throws IOException, ServletException {
            try {
                T handler = type.getConstructor().newInstance();
                super.upgrade(TyrusUpgradeHandler.class).handler = handler;
                return handler;
            } catch (ReflectiveOperationException e) {
                throw new ServletException(e);
            }
        }
    }

    private static final class LateConnection implements WebConnection {
        private final WebConnection connection;
        private LateInput input;

        LateConnection(WebConnection connection) {
            this.connection = connection;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (input == null) {
                input = new LateInput(connection.getInputStream());
            }
            return input;
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

        void read() {
            if (input != null) {
                input.begin();
            }
        }
    }

    /** Notes who wants to read. */
    private static final class LateInput extends ServletInputStream {
        private final ServletInputStream input;
        private ReadListener listener;

        LateInput(ServletInputStream input) {
            this.input = input;
        }

        @Override
        public void setReadListener(ReadListener reading) {
            listener = reading;
        }

        void begin() {
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
