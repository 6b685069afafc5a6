package veche.lab;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import veche.socket.handshake.HandshakeFilter;

/** Meets the lab's handshakes as all others are met, notes them down, and answers 404 where there is no lab, 503 where it is full. */
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
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "The lab is full; come back");
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
