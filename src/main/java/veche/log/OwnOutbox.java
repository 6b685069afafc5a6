package veche.log;

import java.util.List;
import java.util.Set;
import veche.log.outbox.OutboxRow;

/** The outbox in the database of the log: its rows change in the transactions that add their messages. */
record OwnOutbox(Storage storage) implements OutboxRelay.Origin {
    @Override
    public void refuse(OutboxRow row, String reason) throws StorageException {
        storage.refuse(row, reason);
    }

    @Override
    public Set<Long> waiting(Storage.Transaction transaction, List<Long> rows) throws StorageException {
        return transaction.waiting(rows);
    }

    @Override
    public void refuse(Storage.Transaction transaction, OutboxRow row, String reason) throws StorageException {
        transaction.refuse(row, reason);
    }

    @Override
    public void remove(Storage.Transaction transaction, List<Long> rows) throws StorageException {
        transaction.removeFromOutbox(rows);
    }
}
