package veche.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Veche and the shop on one WildFly, with XA data sources of two databases. */
final class ShopOnWildfly {
    private static final String NAME = "java:jboss/datasources/";

    private static final String DATA_SOURCE = """
            <xa-datasource jndi-name="%s%s" pool-name="%s">
              <xa-datasource-property name="URL">%s</xa-datasource-property>
              <driver>postgresql.jar</driver>
              <xa-datasource-class>org.postgresql.xa.PGXADataSource</xa-datasource-class>
              <security user-name="veche" password="%s"/>
            </xa-datasource>
            """;

    /** By default, the first look for transactions to complete is after minutes. */
    private static final String RECOVERY =
            "-DRecoveryEnvironmentBean.periodicRecoveryPeriod=2" + " -DRecoveryEnvironmentBean.recoveryBackoffPeriod=1";

    private ShopOnWildfly() {}

    static WildflyNode start(String veche, String shop, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("VECHE_LOG_URL", veche);
        environment.put("VECHE_LOG_USER", "veche");
        environment.put("VECHE_LOG_PASSWORD", Database.PASSWORD);
        return WildflyNode.start("shop-wildfly", environment, RECOVERY, base -> {
            Commands.extractJdbcDriver(base.resolve("deployments/postgresql.jar"));
            configure(base.resolve("configuration/standalone.xml"), veche, shop);
            ShopWar.withJpa(base.resolve("deployments/shop.war"), NAME + "shop", NAME + "outbox");
        });
    }

    private static void configure(Path file, String veche, String shop) throws IOException {
        String end = "<drivers>";
        Files.writeString(
                file,
                Files.readString(file).replaceFirst(end, dataSource("outbox", veche) + dataSource("shop", shop) + end));
    }

    private static String dataSource(String name, String url) {
        return DATA_SOURCE.formatted(NAME, name, name, url, Database.PASSWORD);
    }
}
