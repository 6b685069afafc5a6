package veche.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import veche.testing.UnpackedServer;

/** Veche and the shop on one Payara Micro, with XA data sources of two databases. */
final class ShopOnPayara {
    private static final String DATA_SOURCE = """
            create-jdbc-connection-pool --datasourceclassname=org.postgresql.xa.PGXADataSource \
            --restype=javax.sql.XADataSource \
            --property=serverName=127.0.0.1:portNumber=%d:databaseName=%s:user=veche:password=%s %s
            create-jdbc-resource --connectionpoolid=%s jdbc/%s
            """;

    private static final String RECOVERY =
            "set configs.config.server-config.transaction-service.automatic-recovery=true\n";

    private ShopOnPayara() {}

    /** @param shop the name of its database */
    static Payara start(Database database, String shop, Map<String, String> settings) throws IOException {
        Path folder = Path.of("target", "operation", System.getProperty("fork", "fork-1"), "shop-on-payara")
                .toAbsolutePath();
        UnpackedServer.delete(folder);
        Files.createDirectories(folder);
        Path war = folder.resolve("shop.war");
        ShopWar.withJpa(war, "jdbc/shop", "jdbc/outbox");
        Path driver = folder.resolve("postgresql.jar");
        Commands.extractJdbcDriver(driver);
        Path commands = folder.resolve("postboot.txt");
        Files.writeString(
                commands, RECOVERY + dataSource(database, "shop", shop) + dataSource(database, "outbox", "veche"));
        List<String> properties = new ArrayList<>(List.of(
                "veche.log.url=" + database.url(), "veche.log.user=veche", "veche.log.password=" + Database.PASSWORD));
        settings.forEach(
                (name, value) -> properties.add(name.toLowerCase(Locale.ROOT).replace('_', '.') + "=" + value));
        return Payara.with(
                "shop",
                List.of(
                        "--addlibs",
                        driver.toString(),
                        "--postbootcommandfile",
                        commands.toString(),
                        "--deploy",
                        war.toString()),
                properties);
    }

    private static String dataSource(Database database, String name, String databaseName) {
        return DATA_SOURCE.formatted(database.port(), databaseName, Database.PASSWORD, name, name, name);
    }
}
