package veche.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page's files served to a browser without a server, for what the page does on its own. */
final class PageFiles {

    /** Where the pages seem to be: a context path, since the page must work under any. */
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
