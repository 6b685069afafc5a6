package shop.jdbc;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.Connection;
import java.sql.SQLException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import veche.api.Outbox;
import veche.api.OutboxMessage;

/** Ships the order of the request, by JDBC. */
@WebServlet("/ship/*")
public class JdbcServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Answers 409 if the order was not shipped. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        long order = Long.parseLong(request.getParameter("order"));
        try {
            if (request.getPathInfo().equals("/announce")) {
                Outbox.over(dataSource())
                        .publish(OutboxMessage.to("north")
                                .from("server:shop", "Shop")
                                .text("Never"));
            } else {
                ship(order, request.getPathInfo().equals("/in-vain"));
            }
            response.setStatus(204);
        } catch (SQLException | NamingException | RuntimeException failed) {
            getServletContext().log("Order " + order + " was not shipped: " + failed);
            response.setStatus(409);
        }
    }

    private static DataSource dataSource() throws NamingException {
        return (DataSource) new InitialContext().lookup("java:comp/env/jdbc/shop");
    }

    private static void ship(long order, boolean inVain) throws SQLException, NamingException {
        try (Connection connection = dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try {
                ShippingByJdbc.ship(connection, order, ShippingByJdbc.room(connection, order));
                if (inVain) {
                    connection.rollback();
                    throw new SQLException("The order is not paid");
                }
                connection.commit();
            } catch (SQLException | RuntimeException failed) {
                connection.rollback();
                throw failed;
            }
        }
    }
}
