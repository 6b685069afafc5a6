package veche.log.cluster;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import veche.room.cluster.Claims;
import veche.room.cluster.NodeId;

/**
 * Claims as rows in PostgreSQL. They are queued and decided on the thread of the backbone, all that wait in one
 * transaction; while the database is unreachable they remain queued.
 */
final class PostgresqlClaims implements Claims {
    private static final System.Logger LOG = System.getLogger(PostgresqlClaims.class.getName());

    /** Something to be done in a transaction. */
    private interface Request {
        void perform(ClaimRows rows) throws SQLException;

        /** Called once the transaction is committed. */
        void committed();
    }

    private record Key(String name, long holder) {}

    private record Grant(Claim claim, long number, Runnable lost) {}

    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final Runnable wake;
    /** Confined to the thread of the backbone, as the following field. */
    private final Map<Key, Grant> granted = new HashMap<>();

    private @Nullable UUID confirmed;

    /** @param wake has {@link #step} called soon */
    PostgresqlClaims(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public CompletionStage<Decision> claim(Claim claim, Runnable lost) {
        CompletableFuture<Decision> decision = new CompletableFuture<>();
        submit(new Claiming(claim, lost, decision));
        return decision;
    }

    @Override
    public CompletionStage<Void> release(String name, long holder) {
        CompletableFuture<Void> released = new CompletableFuture<>();
        submit(new Releasing(new Key(name, holder), released));
        return released;
    }

    private void submit(Request request) {
        requests.add(request);
        wake.run();
    }

    /** The connection was interrupted: commits may have been lost in a crash of the database. */
    void interrupted() {
        confirmed = null;
    }

    /**
     * Decides on what is queued.
     *
     * @param self has joined the cluster; if it differs from that of the last call, all grants are examined anew
     */
    void step(Connection connection, NodeId self) throws SQLException {
        UUID node = self.incarnation();
        if (!node.equals(confirmed)) {
            confirm(connection, node);
            confirmed = node;
        }
        List<Request> waiting = new ArrayList<>(requests);
        if (!waiting.isEmpty()) {
            ClaimRows.inTransaction(connection, node, rows -> {
                for (Request request : waiting) {
                    request.perform(rows);
                }
            });
            waiting.forEach(request -> {
                requests.remove();
                request.committed();
            });
        }
    }

    /** Also removes a row that a request added whose commit was not acknowledged, and which is repeated. */
    private void confirm(Connection connection, UUID node) throws SQLException {
        List<Grant> refused = new ArrayList<>();
        ClaimRows.inTransaction(connection, node, rows -> {
            rows.removeAll();
            for (Grant grant : granted.values()) {
                if (rows.add(grant.claim(), OptionalLong.of(grant.number())) instanceof Decision.Refused) {
                    refused.add(grant);
                }
            }
        });
        refused.forEach(grant -> {
            granted.remove(new Key(grant.claim().name(), grant.claim().holder()));
            lose(grant);
        });
    }

    private static void lose(Grant grant) {
        LOG.log(
                Level.WARNING,
                "Another node has claimed {0} meanwhile",
                grant.claim().name());
        try {
            grant.lost().run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "The loss of a claim was not processed", e);
        }
    }

    private final class Claiming implements Request {
        private final Claim claim;
        private final Runnable lost;
        private final CompletableFuture<Decision> promise;
        private @Nullable Decision decision;

        Claiming(Claim claim, Runnable lost, CompletableFuture<Decision> promise) {
            this.claim = claim;
            this.lost = lost;
            this.promise = promise;
        }

        @Override
        public void perform(ClaimRows rows) throws SQLException {
            // The request may have timed out in the queue.
            decision = promise.isDone() ? null : rows.add(claim, OptionalLong.empty());
        }

        @Override
        public void committed() {
            if (decision instanceof Decision.Granted grant) {
                granted.put(new Key(claim.name(), claim.holder()), new Grant(claim, grant.number(), lost));
            }
            if (decision != null && !promise.complete(decision) && decision instanceof Decision.Granted) {
                submit(new Releasing(new Key(claim.name(), claim.holder()), new CompletableFuture<>()));
            }
        }
    }

    private final class Releasing implements Request {
        private final Key key;
        private final CompletableFuture<Void> released;

        Releasing(Key key, CompletableFuture<Void> released) {
            this.key = key;
            this.released = released;
        }

        @Override
        public void perform(ClaimRows rows) throws SQLException {
            rows.remove(key.name(), key.holder());
        }

        @Override
        public void committed() {
            granted.remove(key);
            released.complete(null);
        }
    }
}
