package veche.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import javax.sql.DataSource;

/** The outbox that CDI injects, over the data source {@value Outbox#DATA_SOURCE}. Thread-safe. */
@ApplicationScoped
@Typed(Outbox.class)
class InjectedOutbox implements Outbox {
    private final Outbox outbox = new JtaOutbox(() -> Naming.find(DATA_SOURCE).map(DataSource.class::cast));

    @Override
    public void publish(OutboxMessage message) {
        outbox.publish(message);
    }
}
