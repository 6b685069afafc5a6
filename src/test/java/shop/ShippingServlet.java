package shop;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Ships the order of the request, by JPA. */
@WebServlet("/ship/*")
public class ShippingServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Shipping shipping;

    /** Answers 409 if the order was not shipped. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        long order = Long.parseLong(request.getParameter("order"));
        try {
            switch (request.getPathInfo()) {
                case "/" -> shipping.ship(order);
                case "/in-vain" -> shipping.shipInVain(order);
                case "/and-die" -> shipping.shipAndDie(order);
                case "/announce" -> shipping.announce();
                default -> throw new IllegalArgumentException(request.getPathInfo());
            }
            response.setStatus(204);
        } catch (RuntimeException failed) {
            getServletContext().log("Order " + order + " was not shipped: " + failed);
            response.setStatus(409);
        }
    }
}
