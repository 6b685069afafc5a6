package veche.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A remote-controlled Chromium that records the errors of its pages. Each window has its own context: cookies, storage
 * and language are not shared. Not thread-safe.
 */
final class Chromium {

    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** Violations caught by the script, such as those of eval, are not logged by default. */
    private static final String LOG_VIOLATIONS = "document.addEventListener('securitypolicyviolation', event =>"
            + " console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`))";

    private static final double TIMEOUT_MS = 20_000;

    private static Chromium shared;

    private final Browser browser;
    private final List<String> errors = new ArrayList<>();

    private Chromium(Browser browser) {
        this.browser = browser;
    }

    /**
     * The instance shared by all test classes of this process, which reset it after use. Closed at exit; replaced after
     * a crash.
     */
    static synchronized Chromium shared() {
        if (shared == null || !shared.browser.isConnected()) {
            shared = start();
        }
        return shared;
    }

    /** Starts an installed or downloaded Chromium. */
    private static Chromium start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT_MS); // for busy machines
        var binary = new ChromiumBinary().locate();
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            var options = new BrowserType.LaunchOptions()
                    .setExecutablePath(binary.executable())
                    .setEnv(binary.environment())
                    .setArgs(FLAGS);
            var chromium = new Chromium(playwright.chromium().launch(options));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
            return chromium;
        } catch (RuntimeException failure) {
            playwright.close();
            throw failure;
        }
    }

    /** An English desktop window with the light theme. */
    Page window() {
        return window(new Browser.NewContextOptions()
                .setLocale("en-GB")
                .setViewportSize(1280, 800)
                .setReducedMotion(ReducedMotion.REDUCE));
    }

    Page window(Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options);
        context.setDefaultTimeout(30_000);
        context.addInitScript(LOG_VIOLATIONS);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if ("error".equals(message.type())) {
                errors.add(message.text());
            }
        });
        page.onPageError(errors::add);
        return page;
    }

    /** Closes all windows and clears the errors. */
    void reset() {
        browser.contexts().forEach(BrowserContext::close);
        errors.clear();
    }

    /** Logged errors, CSP violations included, and uncaught exceptions of all windows since the last reset. */
    List<String> errors() {
        return List.copyOf(errors);
    }
}
