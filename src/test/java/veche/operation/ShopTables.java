package veche.operation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The tables of the shop, which the transactions that publish also write. */
final class ShopTables {
    static final List<String> ROOMS = List.of("north", "south");

    private final String url;
    private final String user;
    private final String password;

    ShopTables(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** Creates orders with the numbers 1, 2, 3 …, alternately of both warehouses. */
    void create(int orders) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE shop_warehouse (room VARCHAR(64) PRIMARY KEY, shipped BIGINT NOT NULL)");
            statement.execute(
                    "CREATE TABLE shop_order (id BIGINT PRIMARY KEY, room VARCHAR(64) NOT NULL, shipped BIGINT)");
            connection.setAutoCommit(false);
            for (String room : ROOMS) {
                statement.execute("INSERT INTO shop_warehouse VALUES ('" + room + "', 0)");
            }
            for (int order = 1; order <= orders; order++) {
                statement.execute("INSERT INTO shop_order VALUES (" + order + ", '" + room(order) + "', NULL)");
            }
            connection.commit();
        }
    }

    static String room(int order) {
        return ROOMS.get(order % ROOMS.size());
    }

    boolean isShipped(int order) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement select =
                        connection.prepareStatement("SELECT shipped IS NOT NULL FROM shop_order WHERE id = ?")) {
            select.setInt(1, order);
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** What must be in the room: its shipped orders in the order of their commits. */
    List<String> texts(String room) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT id FROM shop_order WHERE room = ? AND shipped IS NOT NULL ORDER BY shipped")) {
            select.setString(1, room);
            List<String> texts = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    texts.add("Order " + row.getInt(1) + " was shipped");
                }
            }
            return texts;
        }
    }
}
