package veche.operation;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The application of the package {@code shop} as a WAR of its own, with the jar {@code veche-api}. */
final class ShopWar {
    private static final File API = new File("target/veche-api.jar");
    private static final Path DRIVER = Path.of("postgresql.jar");

    private static final String PERSISTENCE = """
            <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
              <persistence-unit name="shop"><jta-data-source>%s</jta-data-source></persistence-unit>
            </persistence>
            """;

    private static final String WEB = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">%s</web-app>
            """;

    private static final Pattern RESOURCE =
            Pattern.compile("(?s)```xml\n(<resource-ref>.*<lookup-name>)([^<]*)(</lookup-name>.*?)```");

    private ShopWar() {}

    /** With JPA and JTA, over the data sources of the server with these JNDI names. */
    static void withJpa(Path to, String shop, String outbox) {
        write(
                archive()
                        .addPackage("shop")
                        .addAsResource(new StringAsset(PERSISTENCE.formatted(shop)), "META-INF/persistence.xml")
                        .setWebXML(new StringAsset(WEB.formatted(resource(outbox)))),
                to);
    }

    /** The resource reference of the documentation, to this data source. */
    private static String resource(String dataSource) {
        try {
            Matcher example = RESOURCE.matcher(Files.readString(Path.of("src/docs/outbox.md")));
            if (!example.find()) {
                throw new IllegalStateException("The documentation has no resource reference");
            }
            return example.group(1) + dataSource + example.group(3);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With JDBC alone, and the driver. */
    static void withJdbc(Path to) {
        try {
            Path driver = to.resolveSibling(DRIVER);
            Commands.extractJdbcDriver(driver);
            write(archive().addPackage("shop.jdbc").addAsLibrary(driver.toFile()), to);
            Files.delete(driver);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WebArchive archive() {
        return ShrinkWrap.create(WebArchive.class).addAsLibrary(API);
    }

    private static void write(WebArchive archive, Path to) {
        archive.as(ZipExporter.class).exportTo(to.toFile());
    }
}
