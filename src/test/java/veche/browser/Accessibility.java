package veche.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/** Checks WCAG 2.0 to 2.2, levels A and AA, and best practices with axe-core. */
final class Accessibility {

    private static final String JAR_PROPERTIES = "/META-INF/maven/org.webjars.npm/axe-core/pom.properties";
    private static final String SCRIPT = "/META-INF/resources/webjars/axe-core/%s/axe.min.js";
    private static final String RUN = """
            async () => (await axe.run({
              runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
              rules: { 'label-content-name-mismatch': { enabled: true } }, // WCAG 2.5.3, experimental in axe
            }))
              .violations.flatMap(({ id, impact, nodes }) => nodes.map(node => `${impact} ${id}: ${node.html}`))
            """;

    private Accessibility() {}

    /** One line per violating element. */
    @SuppressWarnings("unchecked")
    static List<String> violationsOf(Page page) {
        page.evaluate(axe());
        return (List<String>) page.evaluate(RUN);
    }

    private static String axe() {
        try (InputStream properties = Accessibility.class.getResourceAsStream(JAR_PROPERTIES)) {
            var jar = new Properties();
            jar.load(properties);
            try (InputStream script =
                    Accessibility.class.getResourceAsStream(SCRIPT.formatted(jar.getProperty("version")))) {
                return new String(script.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
