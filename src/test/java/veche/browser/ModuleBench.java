package veche.browser;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** An empty page into which a test loads the page's modules one by one, in the browser that runs them. */
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
        chromium.tidy();
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
}
