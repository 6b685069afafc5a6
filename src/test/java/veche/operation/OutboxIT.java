package veche.operation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shop.jdbc.ShippingByJdbc;
import veche.testing.Token;

/**
 * An application that ships 1,000 orders, 300 of them in vain, while its server is killed and started again: a
 * subscriber receives a message for each shipped order, once, in the order of the commits.
 */
@Tag("operation")
class OutboxIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int IN_DOUBT = ShopClerks.ORDERS + 1;

    private final List<ResumingSubscriber> subscribers = new ArrayList<>();

    @AfterEach
    void end() {
        subscribers.forEach(ResumingSubscriber::close);
    }

    private static Map<String, String> settings(String log) {
        return new HashMap<>(
                Map.of("VECHE_LOG", log, "VECHE_TOKEN_SECRET", Token.SECRET, "VECHE_TOKEN_PARAMETER", "true"));
    }

    private void subscribe(String address) {
        for (String room : ShopTables.ROOMS) {
            subscribers.add(new ResumingSubscriber(List.of(URI.create("ws://" + address)), 0, room, "user-of-" + room));
        }
        await().until(() -> subscribers.stream().allMatch(each -> each.connects() == 1));
    }

    private void assertDelivered(ShopTables tables, int shipped) throws Exception {
        int delivered = 0;
        for (int i = 0; i < ShopTables.ROOMS.size(); i++) {
            ResumingSubscriber subscriber = subscribers.get(i);
            List<String> expected = tables.texts(ShopTables.ROOMS.get(i));
            await().atMost(PATIENCE)
                    .until(() -> subscriber.texts().size() >= expected.size()
                            || !subscriber.faults().isEmpty());
            assertEquals(List.of(), subscriber.faults());
            assertEquals(expected, subscriber.texts());
            assertTrue(subscriber.connects() > 1, "It has resumed");
            delivered += expected.size();
        }
        assertEquals(shipped, delivered);
        System.out.printf(
                "OutboxIT: %d messages of %d transactions, %d of them rolled back%n",
                delivered, ShopClerks.ORDERS, ShopClerks.ORDERS - ShopClerks.SHIPPED);
    }

    private void deliversAfterAKillBetweenThePhases(XaServer server, ShopTables tables) throws Exception {
        subscribe(server.host() + "/veche");
        ShopRequests requests = new ShopRequests(server.host());
        assertEquals(409, requests.post("announce", 0), "outside of a transaction");
        ShopClerks clerks = new ShopClerks(tables, requests);
        await().atMost(PATIENCE).until(() -> clerks.begun() > ShopClerks.ORDERS / 2);
        assertThrows(IOException.class, () -> requests.post("and-die", IN_DOUBT));
        server.restart();
        assertEquals(List.of(), clerks.join());
        await("the transaction manager completes the transaction")
                .atMost(PATIENCE)
                .until(() -> tables.isShipped(IN_DOUBT));
        assertDelivered(tables, ShopClerks.SHIPPED + 1);
        server.kill();
    }

    @Test
    void onWildflyWithXaAfterAKillBetweenThePhasesOfACommit() throws Exception {
        try (Database database = new Database()) {
            String shop = database.create("shop");
            ShopTables tables = new ShopTables(shop, "veche", Database.PASSWORD);
            tables.create(IN_DOUBT);
            WildflyNode node = ShopOnWildfly.start(database.url(), shop, settings("postgresql"));
            deliversAfterAKillBetweenThePhases(node, tables);
        }
    }

    @Test
    void onPayaraWithXaAfterAKillBetweenThePhasesOfACommit() throws Exception {
        try (Database database = new Database()) {
            ShopTables tables = new ShopTables(database.create("shop"), "veche", Database.PASSWORD);
            tables.create(IN_DOUBT);
            Payara node = ShopOnPayara.start(database, "shop", settings("postgresql"));
            deliversAfterAKillBetweenThePhases(node, tables);
        }
    }

    @Test
    void onTomcatWithJdbcAloneAfterAKill() throws Exception {
        try (Database database = new Database()) {
            ShopTables tables = new ShopTables(database.url(), "veche", Database.PASSWORD);
            tables.create(ShopClerks.ORDERS);
            TomcatNode node = ShopOnTomcat.start(database.url(), settings("postgresql"));
            subscribe(node.address());
            ShopRequests requests = new ShopRequests(node.address());
            assertEquals(409, requests.post("announce", 0), "Tomcat has no JTA");
            ShopClerks clerks = new ShopClerks(tables, requests);
            await().atMost(PATIENCE).until(() -> clerks.begun() > ShopClerks.ORDERS / 2);
            node.kill();
            node.restart();
            assertEquals(List.of(), clerks.join());
            assertDelivered(tables, ShopClerks.SHIPPED);
            node.kill();
        }
    }

    @Test
    void onSqliteWhichAnotherProcessWritesWhileVecheIsKilled(@TempDir Path data) throws Exception {
        Map<String, String> settings = settings("sqlite");
        settings.put("VECHE_DATA", data.toString());
        TomcatNode node = TomcatNode.start("outbox-sqlite-node", settings);
        ShopTables tables = new ShopTables(
                "jdbc:sqlite:" + data.resolve("veche.db") + "?busy_timeout=10000&transaction_mode=IMMEDIATE", "", "");
        tables.create(ShopClerks.ORDERS);
        subscribe(node.address());
        ShopClerks clerks = new ShopClerks(tables, (order, inVain) -> {
            try (Connection connection = tables.connect()) {
                connection.setAutoCommit(false);
                ShippingByJdbc.ship(connection, order, ShopTables.room(order));
                if (inVain) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
                return !inVain;
            }
        });
        await().atMost(PATIENCE).until(() -> clerks.begun() > ShopClerks.ORDERS / 2);
        node.kill();
        node.restart();
        assertEquals(List.of(), clerks.join());
        assertDelivered(tables, ShopClerks.SHIPPED);
        node.kill();
    }

    @Test
    void inTheDatabaseOfTheApplicationWhichVecheAlsoReads() throws Exception {
        try (Database database = new Database()) {
            Map<String, String> settings = settings("memory");
            settings.put("VECHE_OUTBOX_URL", database.url());
            settings.put("VECHE_OUTBOX_USER", "veche");
            settings.put("VECHE_OUTBOX_PASSWORD", Database.PASSWORD);
            TomcatNode node = TomcatNode.start("foreign-outbox", settings);
            await("the table is missing")
                    .until(() -> node.health().contains("\"outbox\",\"status\":\"UP\",\"data\":{\"reachable\":false"));
            database.execute(Files.readString(Path.of("src/main/resources/db/postgresql/V15__outbox.sql")));
            await().until(() -> node.health().contains("\"reachable\":true"));
            subscribe(node.address());
            database.execute("INSERT INTO veche_outbox (room, author_id, author_name, text)"
                    + " VALUES ('north', 'server:shop', 'Shop', 'Order 7 was shipped')");
            await().until(() -> subscribers.get(0).texts().equals(List.of("Order 7 was shipped")));
            await().until(() -> node.metrics().contains("veche_outbox_delivered_total 1.0"));
            assertTrue(node.metrics().contains("veche_outbox_reachable 1.0"));
            node.kill();
        }
    }
}
