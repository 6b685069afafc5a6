package veche.operation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Veche and the shop on one Tomcat, each with its own pool of connections to the database. */
final class ShopOnTomcat {
    private static final String CONTEXT = """
            <Context docBase="${catalina.base}/shop.war">
              <Resource name="jdbc/shop" type="javax.sql.DataSource" auth="Container"
                        driverClassName="org.postgresql.Driver" url="${VECHE_DB_URL}"
                        username="veche" password="${VECHE_DB_PASSWORD}" maxTotal="8" maxWaitMillis="10000"/>
            </Context>
            """;

    private ShopOnTomcat() {}

    static TomcatNode start(String url, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("VECHE_DB_URL", url);
        environment.put("VECHE_DB_PASSWORD", Database.PASSWORD);
        return TomcatNode.start("shop", environment, base -> {
            Path war = base.resolve("shop.war");
            ShopWar.withJdbc(war);
            Files.writeString(base.resolve("conf/Catalina/localhost/shop.xml"), CONTEXT);
        });
    }
}
