package veche.web.stream;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import veche.socket.ConnectionHandler;
import veche.socket.Gateway;

/** Ends a connection with its response. */
record ResponseListener(Gateway gateway, ConnectionHandler handler) implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
        gateway.closed(handler);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        gateway.closed(handler);
    }

    @Override
    public void onError(AsyncEvent event) {
        gateway.closed(handler);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // The response is not dispatched again.
    }
}
