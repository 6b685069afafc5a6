package shop;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A place from which orders are shipped, one after the other. */
@Entity
@Table(name = "shop_warehouse")
public class Warehouse {
    @Id
    private String room;

    private long shipped;

    protected Warehouse() {}

    /** The place of the next order. */
    long next() {
        return ++shipped;
    }
}
