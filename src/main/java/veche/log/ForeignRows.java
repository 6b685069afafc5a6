package veche.log;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import veche.log.outbox.OutboxRow;

/** Rows of an outbox in another database, which change after the transaction; collects the reasons of refusals. */
final class ForeignRows implements OutboxRelay.Origin {
    private final Map<Long, String> refused = new HashMap<>();

    /** The reasons by the ids of the refused rows. */
    Map<Long, String> refused() {
        return refused;
    }

    @Override
    public void refuse(OutboxRow row, String reason) {
        refused.put(row.id(), reason);
    }

    /** All: their keys identify the messages that are added already. */
    @Override
    public Set<Long> waiting(Storage.Transaction transaction, List<Long> rows) {
        return Set.copyOf(rows);
    }

    @Override
    public void refuse(Storage.Transaction transaction, OutboxRow row, String reason) {
        refuse(row, reason);
    }

    @Override
    public void remove(Storage.Transaction transaction, List<Long> rows) {}
}
