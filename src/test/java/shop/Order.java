package shop;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An order of a customer. */
@Entity
@Table(name = "shop_order")
public class Order {
    @Id
    private long id;

    private String room;

    /** Its place among the shipped orders of the warehouse; null before. */
    private Long shipped;

    protected Order() {}

    /** The room of its warehouse. */
    String room() {
        return room;
    }

    void ship(long place) {
        if (shipped != null) {
            throw new IllegalStateException("Order " + id + " is already shipped");
        }
        shipped = place;
    }
}
