package veche.browser;

import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** An empty page in which tests load single modules of the page. */
@Tag("browser")
abstract class ModuleBench {
    private static Chromium chromium;
    private static Page page;

    @BeforeAll
    static void start() {
        chromium = Chromium.shared();
        page = chromium.window();
        PageFiles.serveTo(page);
    }

    @AfterAll
    static void stop() {
        chromium.reset();
    }

    @BeforeEach
    void openAnEmptyPage() {
        page.navigate(PageFiles.HOME + "nothing.html");
    }

    Object evaluate(String body) {
        return evaluate(body, "");
    }

    Object evaluate(String body, String argument) {
        return page.evaluate("async argument => {" + body + "}", argument);
    }

    Mouse mouse() {
        return page.mouse();
    }
}
