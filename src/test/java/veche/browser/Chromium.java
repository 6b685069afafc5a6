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
 * One Chromium under remote control, with a list of everything that its pages complained of. Each window is a context
 * of its own: cookies, storage and language are not shared. For one thread at a time.
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

    /** A violation that its script catches, eval's say, is no line of the console by itself. */
    private static final String TELL_VIOLATIONS = "document.addEventListener('securitypolicyviolation', event =>"
            + " console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`))";

    private static final double PATIENCE_MS = 20_000;

    private static Chromium shared;

    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();

    private Chromium(Browser browser) {
        this.browser = browser;
    }

    /**
     * The one that all test classes of this process use, since a start takes seconds; who is done with it tidies it. It
     * ends with the process. A browser that has crashed is replaced.
     */
    static synchronized Chromium shared() {
        if (shared == null || !shared.browser.isConnected()) {
            shared = start();
        }
        return shared;
    }

    /** Starts a Chromium of this machine, fetching one first where there is none. */
    private static Chromium start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS); // for busy machines; good news comes at once
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

    /** A window of a reader who speaks English, on a laptop, in daylight. */
    Page window() {
        return window(new Browser.NewContextOptions()
                .setLocale("en-GB")
                .setViewportSize(1280, 800)
                .setReducedMotion(ReducedMotion.REDUCE));
    }

    Page window(Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options);
        context.setDefaultTimeout(30_000);
        context.addInitScript(TELL_VIOLATIONS);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if ("error".equals(message.type())) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    /** Closes all windows and forgets what they complained of. */
    void tidy() {
        browser.contexts().forEach(BrowserContext::close);
        complaints.clear();
    }

    /** Errors (CSP violations are such) and uncaught exceptions of all windows since the last tidying. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }
}
