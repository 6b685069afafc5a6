package veche.web.stream;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import veche.socket.ConnectionHandler;
import veche.socket.Gateway;

/**
 * Ends a connection with its response.
 *
 * @param ended called at least once
 */
record ResponseListener(Gateway gateway, ConnectionHandler handler, Runnable ended) implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    private void end() {
        ended.run();
        gateway.closed(handler);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // The response is not dispatched again.
    }
}
