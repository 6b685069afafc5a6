package veche.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Renders HTTP errors in English or Russian, depending on {@code Accept-Language}, in place of the container's error
 * page. It accepts every method, since an error dispatch keeps the method of the failed request. Thread-safe.
 */
@WebServlet("/error-page")
public class ErrorPageServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final Map<Integer, String> ENGLISH = Map.of(
            404, "There is no page at this address.",
            405, "This address does not support this request method.",
            500, "The server encountered an internal error.");
    private static final Map<Integer, String> RUSSIAN = Map.of(
            404, "По этому адресу страницы нет.",
            405, "Этот адрес не поддерживает такой метод запроса.",
            500, "На сервере произошла ошибка.");

    @SuppressWarnings("NullAway.Init") // init() sets it
    private transient String template;

    @Override
    public void init() throws ServletException {
        try (InputStream file = getServletContext().getResourceAsStream("/WEB-INF/error.html")) {
            template = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ServletException(e);
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = code instanceof Integer failed ? failed : HttpServletResponse.SC_NOT_FOUND;
        boolean russian = "ru".equals(request.getLocale().getLanguage());
        response.setStatus(status);
        response.setContentType("text/html;charset=utf-8");
        response.setHeader("Vary", "Accept-Language");
        response.getWriter()
                .write(template.replace("{language}", russian ? "ru" : "en")
                        .replace("{status}", Integer.toString(status))
                        .replace("{sentence}", (russian ? RUSSIAN : ENGLISH).getOrDefault(status, ""))
                        .replace("{home}", russian ? "К чату" : "To the chat")
                        .replace("{context}", request.getContextPath()));
    }
}
