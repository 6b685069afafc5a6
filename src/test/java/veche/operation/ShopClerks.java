package veche.operation;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Ship the orders of the shop at the same time: three of ten in vain, the others until they are shipped, whatever
 * happens to the server.
 */
final class ShopClerks {
    static final int ORDERS = 1_000;
    static final int SHIPPED = 700;

    private static final int CLERKS = 4;
    private static final Duration RETRY = Duration.ofMillis(50);

    /** One transaction. */
    @FunctionalInterface
    interface Transaction {
        /**
         * Ships an order, or fails after it has done so.
         *
         * @return whether the transaction was committed
         * @throws IOException if that is unknown
         */
        boolean ship(int order, boolean inVain) throws IOException, SQLException;
    }

    private final ShopTables tables;
    private final Transaction transaction;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger rolledBack = new AtomicInteger();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final List<CompletableFuture<Void>> all;

    /** Starts. */
    ShopClerks(ShopTables tables, Transaction transaction) {
        this.tables = tables;
        this.transaction = transaction;
        all = IntStream.range(0, CLERKS)
                .mapToObj(clerk -> CompletableFuture.runAsync(this::work, task -> new Thread(task, "clerk").start()))
                .toList();
    }

    private void work() {
        for (int order = next.incrementAndGet(); order <= ORDERS; order = next.incrementAndGet()) {
            try {
                if (isInVain(order)) {
                    shipInVain(order);
                } else {
                    shipUntilShipped(order);
                }
            } catch (SQLException e) {
                faults.add(order + ": " + e);
            }
        }
    }

    private static boolean isInVain(int order) {
        return order % 10 < 3;
    }

    private void shipInVain(int order) throws SQLException {
        try {
            if (transaction.ship(order, true)) {
                faults.add(order + " was committed");
            }
            rolledBack.incrementAndGet();
        } catch (IOException killed) {
            // With the server, the transaction has ended without a commit.
            rolledBack.incrementAndGet();
        }
    }

    private void shipUntilShipped(int order) throws SQLException {
        while (!isShippedNow(order) && !tables.isShipped(order)) {
            LockSupport.parkNanos(RETRY.toNanos());
        }
    }

    private boolean isShippedNow(int order) throws SQLException {
        try {
            return transaction.ship(order, false);
        } catch (IOException unknown) {
            return false;
        }
    }

    /** The orders that were begun. */
    int begun() {
        return next.get();
    }

    /** Waits for the end of the work; returns what must not happen. */
    List<String> join() {
        all.forEach(CompletableFuture::join);
        return rolledBack.get() == ORDERS - SHIPPED
                ? List.copyOf(faults)
                : Stream.concat(faults.stream(), Stream.of(rolledBack + " rolled back"))
                        .toList();
    }
}
