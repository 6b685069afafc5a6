package shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import veche.api.Outbox;
import veche.api.OutboxMessage;

/** Ships orders by JPA, in JTA transactions. */
@ApplicationScoped
public class Shipping {
    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Outbox outbox;

    @Transactional
    public void ship(long id) {
        Order order = entities.find(Order.class, id, LockModeType.PESSIMISTIC_WRITE);
        Warehouse warehouse = entities.find(Warehouse.class, order.room(), LockModeType.PESSIMISTIC_WRITE);
        order.ship(warehouse.next());
        outbox.publish(
                OutboxMessage.to(order.room()).from("server:shop", "Shop").text("Order " + id + " was shipped"));
    }

    /** Ships it, and fails then. */
    @Transactional
    public void shipInVain(long id) {
        ship(id);
        entities.flush();
        throw new NotPaidException();
    }

    /** Ships it; the process is killed between the two phases of the commit. */
    @Transactional
    public void shipAndDie(long id) {
        KillingResource.enlist();
        ship(id);
    }

    /** Publishes outside of a transaction. */
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    public void announce() {
        outbox.publish(OutboxMessage.to("north").from("server:shop", "Shop").text("Never"));
    }
}
