package veche.web;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import veche.dialect.soap.ServiceDescription;
import veche.socket.handshake.HandshakeFilter;

/** Serves the service description at {@code GET /chat?wsdl} and {@code GET /chat?xsd}; other requests receive 404. */
@WebServlet(
        urlPatterns = {"/chat", "/chat/"},
        asyncSupported = true)
public class DescriptionServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        URI endpoint = (URI) request.getAttribute(HandshakeFilter.ENDPOINT);
        boolean wsdl = "wsdl".equalsIgnoreCase(request.getQueryString());
        if (endpoint == null || !wsdl && !"xsd".equalsIgnoreCase(request.getQueryString())) {
            // A handshake that the container did not upgrade, or a path that the filter does not handle.
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        byte[] document = wsdl ? ServiceDescription.wsdl(endpoint) : ServiceDescription.xsd();
        response.setContentType(ServiceDescription.CONTENT_TYPE);
        response.setContentLength(document.length);
        response.getOutputStream().write(document);
    }
}
