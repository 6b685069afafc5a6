package veche.web.stream;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import veche.dialect.stream.Offsets;
import veche.dialect.stream.Page;
import veche.room.Position;

/** The heads of responses with messages (Durable Streams §5.6, §5.7). */
final class Answers {
    static final String CONTENT_TYPE = "application/json";

    private Answers() {}

    /** Server-sent events follow. */
    static void events(HttpServletResponse response) {
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("utf-8");
        response.setHeader("Cache-Control", "no-cache, no-store");
        // nginx would hold events back until its buffer is full.
        response.setHeader("X-Accel-Buffering", "no");
    }

    static void next(HttpServletResponse response, Position next, boolean upToDate) {
        next(response, Offsets.format(next), upToDate);
    }

    static void next(HttpServletResponse response, String next, boolean upToDate) {
        response.setHeader("Stream-Next-Offset", next);
        if (upToDate) {
            response.setHeader("Stream-Up-To-Date", "true");
        }
    }

    /** What users may read differs, so that shared caches must not keep it. */
    static void ok(HttpServletResponse response) {
        response.setContentType(CONTENT_TYPE);
        response.setHeader("Cache-Control", "private, no-cache");
    }

    /** @param known the entity tag of the response that the client has, or null */
    static String head(HttpServletResponse response, Optional<Page> page, @Nullable String known) {
        if (page.isEmpty()) {
            return new Problem(410, "Gone", "Messages after this offset are no longer kept; begin at -1 or now")
                    .begin(response);
        }
        Page found = page.get();
        next(response, found.next(), found.upToDate());
        ok(response);
        String tag = tag(found);
        response.setHeader("ETag", tag);
        if (tag.equals(known)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return "";
        }
        return found.json();
    }

    private static String tag(Page page) {
        return '"' + Offsets.format(page.from()) + ':' + page.next().number() + '"';
    }
}
