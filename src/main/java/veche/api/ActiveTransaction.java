package veche.api;

import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** The only class that needs JTA, which Tomcat lacks. */
final class ActiveTransaction {
    private ActiveTransaction() {}

    /** Whether the thread has a transaction that is neither ending nor marked for rollback. */
    static boolean existsIn(Object registry) {
        return ((TransactionSynchronizationRegistry) registry).getTransactionStatus() == Status.STATUS_ACTIVE;
    }
}
