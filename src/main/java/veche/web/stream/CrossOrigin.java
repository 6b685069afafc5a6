package veche.web.stream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Permission for pages of admitted origins to read responses (Fetch, "CORS protocol"). */
final class CrossOrigin {
    private CrossOrigin() {}

    /** Permits the origin of the request, which has been admitted. */
    static void allow(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Vary", "Origin");
        String origin = request.getHeader("Origin");
        if (origin != null) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Allow-Credentials", "true");
            response.setHeader(
                    "Access-Control-Expose-Headers",
                    "ETag, Retry-After, Stream-Next-Offset, Stream-Up-To-Date, Stream-Cursor");
            response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        }
    }

    /** Answers a preflight request. */
    static void allowMethods(HttpServletResponse response, String methods) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        response.setHeader("Allow", methods);
        response.setHeader("Access-Control-Allow-Methods", methods);
        response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, If-None-Match, Last-Event-ID");
    }
}
