package veche.deployment;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;

/**
 * The login of a site in the same web application, which needs no user store of the server: {@code /site/login?user=}
 * begins an HTTP session, within which the servlet API reports the user, and {@code /site/logout} ends it.
 */
@WebListener
public class SiteLogin implements ServletContextListener {
    private static final String USER = "site.user";

    @Override
    public void contextInitialized(ServletContextEvent event) {
        var servlet = event.getServletContext().addServlet("site", new Site());
        servlet.addMapping("/site/*");
        var filter = event.getServletContext().addFilter("site", new Authentication());
        filter.setAsyncSupported(true);
        // Before the filters that annotations declare.
        filter.addMappingForUrlPatterns(null, false, "/chat");
    }

    private static final class Site extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            switch (request.getPathInfo()) {
                case "/login" -> request.getSession(true).setAttribute(USER, request.getParameter("user"));
                case "/renew" -> request.changeSessionId();
                default -> request.getSession(false).invalidate();
            }
            response.setContentType("text/plain");
            response.getWriter().write("done");
        }
    }

    private static final class Authentication extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            HttpSession session = request.getSession(false);
            String user = session == null ? null : (String) session.getAttribute(USER);
            chain.doFilter(user == null ? request : new Authenticated(request, user), response);
        }
    }

    private static final class Authenticated extends HttpServletRequestWrapper {
        private final String user;

        Authenticated(HttpServletRequest request, String user) {
            super(request);
            this.user = user;
        }

        @Override
        public Principal getUserPrincipal() {
            return () -> user;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }
    }
}
