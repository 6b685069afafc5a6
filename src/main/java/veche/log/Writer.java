package veche.log;

import java.util.ArrayList;
import java.util.List;
import veche.room.MessageLog.Appended;

/**
 * The one thread that writes: commits all that waits in one transaction, then tells the listener, then answers. Nothing
 * that fails ends it.
 */
final class Writer implements Runnable {
    private static final int KEYS_FORGOTTEN_AT_ONCE = 4_096;
    private static final int REVISIONS_FORGOTTEN_AT_ONCE = 1_024;

    private final Storage storage;
    private final WriteQueue waiting;
    private final LogLimits limits;
    private final DeliveryState heard;
    private final Incidents incidents;
    private final Runnable sweep;
    private boolean keysAreOld;
    private long nextSweep = System.nanoTime();

    /** @param sweep looks for rooms that hold too much; called now and then, must not block */
    Writer(
            Storage storage,
            WriteQueue waiting,
            LogLimits limits,
            DeliveryState heard,
            Incidents incidents,
            Runnable sweep) {
        this.storage = storage;
        this.waiting = waiting;
        this.limits = limits;
        this.heard = heard;
        this.incidents = incidents;
        this.sweep = sweep;
    }

    @Override
    public void run() {
        while (!waiting.isOver()) {
            incidents.guard(this::turn);
        }
    }

    private void turn() {
        sweepIfDue();
        List<WriteRequest> requests;
        try {
            requests = waiting.take(keysAreOld ? 0 : nextSweep - System.nanoTime());
        } catch (InterruptedException e) {
            // Only close() interrupts, after it has waited long enough.
            waiting.close();
            return;
        }
        requests.removeIf(this::released);
        if (!requests.isEmpty() || keysAreOld) {
            commit(new Batch(requests));
        }
    }

    /** Of no concern to the storage. */
    private boolean released(WriteRequest request) {
        if (request instanceof WriteRequest.Release) {
            heard.released(request.room());
        }
        return request instanceof WriteRequest.Release;
    }

    private void sweepIfDue() {
        if (System.nanoTime() - nextSweep >= 0) {
            nextSweep = System.nanoTime() + limits.retention().interval().toNanos();
            keysAreOld = true;
            sweep.run();
        }
    }

    private void commit(Batch batch) {
        try {
            write(batch);
        } catch (StorageException e) {
            if (e.aboutContent() && batch.size() > 1) {
                batch.halves().forEach(this::commit);
            } else {
                batch.refuse(incidents.unavailable(e));
            }
            return;
        } catch (RuntimeException | Error e) {
            batch.refuse(incidents.unavailable(e));
            return;
        }
        tell(batch);
        batch.unfinished().forEach(room -> waiting.addChore(new WriteRequest.Trim(room)));
    }

    private void write(Batch batch) throws StorageException {
        long keysSince =
                System.currentTimeMillis() - limits.writes().keyMemory().toMillis();
        try (Storage.Transaction transaction = storage.begin(batch.rooms(), batch.written())) {
            heard.catchUp(transaction);
            batch.fill(transaction, storage.epoch(), keysSince, limits.retention());
            if (keysAreOld) {
                keysAreOld = forgetOld(transaction, keysSince);
            }
            commit(transaction, batch);
        }
    }

    /** Whether there may be more. */
    private boolean forgetOld(Storage.Transaction transaction, long keysSince) throws StorageException {
        long revisionsSince =
                System.currentTimeMillis() - limits.retention().revisions().toMillis();
        int keys = transaction.forget(keysSince, KEYS_FORGOTTEN_AT_ONCE);
        int revisions = transaction.forgetRevisions(revisionsSince, REVISIONS_FORGOTTEN_AT_ONCE);
        return keys == KEYS_FORGOTTEN_AT_ONCE || revisions == REVISIONS_FORGOTTEN_AT_ONCE;
    }

    private void commit(Storage.Transaction transaction, Batch batch) throws StorageException {
        try {
            transaction.commit();
        } catch (StorageException e) {
            heard.unclear(batch.added());
            throw e;
        }
    }

    /** In the order of the requests: a room is open before what was appended after it is heard. */
    private void tell(Batch batch) {
        batch.trimmed().forEach(heard::trimmed);
        List<Batch.Outcome.Said> run = new ArrayList<>();
        for (Batch.Outcome outcome : batch.outcomes()) {
            if (outcome instanceof Batch.Outcome.Said said) {
                run.add(said);
                continue;
            }
            tell(run);
            run = new ArrayList<>();
            if (outcome instanceof Batch.Outcome.Opened opened) {
                heard.opened(opened.request().room());
                incidents.guard(() -> opened.request().answer().complete(opened.extent()));
            } else if (outcome instanceof Batch.Outcome.Refused refused) {
                incidents.guard(() -> refused.request().refuse(refused.why()));
            }
        }
        tell(run);
    }

    private void tell(List<Batch.Outcome.Said> run) {
        List<Appended> added = run.stream()
                .map(Batch.Outcome.Said::appended)
                .filter(appended -> !appended.repeated())
                .toList();
        heard.committed(added);
        for (Batch.Outcome.Said said : run) {
            incidents.guard(() -> said.request().answer().complete(said.appended()));
        }
    }
}
