package veche.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Serves the page's files to a browser without a server. */
final class PageFiles {

    /** Apparent address of the pages, below a context path. */
    static final String HOME = "http://veche.test/context/";

    private static final Path FOLDER = Path.of("src/main/webapp");

    private PageFiles() {}

    static void serveTo(Page page) {
        page.route(HOME + "**", PageFiles::answer);
    }

    private static void answer(Route route) {
        var path = URI.create(route.request().url()).getPath().substring("/context/".length());
        var file = FOLDER.resolve(path.isEmpty() ? "index.html" : path);
        if (path.equals("limits.json")) {
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody("{\"maxCharacters\":50,\"maxBinaryBytes\":1048576}"));
        } else if (Files.isRegularFile(file)) {
            route.fulfill(new Route.FulfillOptions().setPath(file));
        } else {
            route.fulfill(new Route.FulfillOptions()
                    .setStatus(404)
                    .setContentType("text/html")
                    .setBody("<!doctype html>not here"));
        }
    }
}
