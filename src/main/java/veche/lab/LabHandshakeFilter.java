package veche.lab;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import veche.socket.handshake.HandshakeFilter;

/**
 * Processes the lab's handshakes like those of the chat and records them. Answers 404 if the lab is disabled, and 503
 * if it is full.
 */
@WebFilter(
        urlPatterns = {LabEndpoint.PATH, LabEndpoint.PATH + "/"},
        asyncSupported = true)
public class LabHandshakeFilter extends HandshakeFilter {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Lab lab;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!lab.limits().open()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        if (lab.full()) {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "The lab is full; retry later");
            return;
        }
        LabHandshake handshake = LabHandshake.begin(request);
        try {
            super.doFilter(request, response, chain);
            handshake.answered(response);
        } finally {
            LabHandshake.end();
        }
    }
}
