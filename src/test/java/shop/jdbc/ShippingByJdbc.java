package shop.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import veche.api.Outbox;
import veche.api.OutboxMessage;

/** Ships orders in the transaction of a connection, on any database. */
public final class ShippingByJdbc {
    private ShippingByJdbc() {}

    /** Does not commit. */
    public static void ship(Connection connection, long id, String room) throws SQLException {
        update(connection, "UPDATE shop_warehouse SET shipped = shipped + 1 WHERE room = ?", room);
        if (update(
                        connection,
                        "UPDATE shop_order SET shipped = (SELECT w.shipped FROM shop_warehouse w"
                                + " WHERE w.room = shop_order.room) WHERE shipped IS NULL AND id = ?",
                        id)
                == 0) {
            throw new SQLException("Order " + id + " is already shipped");
        }
        Outbox.on(connection)
                .publish(OutboxMessage.to(room).from("server:shop", "Shop").text("Order " + id + " was shipped"));
    }

    private static int update(Connection connection, String sql, Object parameter) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setObject(1, parameter);
            return update.executeUpdate();
        }
    }

    static String room(Connection connection, long id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT room FROM shop_order WHERE id = ?")) {
            select.setLong(1, id);
            try (ResultSet order = select.executeQuery()) {
                order.next();
                return order.getString(1);
            }
        }
    }
}
