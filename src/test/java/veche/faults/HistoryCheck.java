package veche.faults;

/** Verifies all guarantees. Pure: the same history and log have the same findings. */
final class HistoryCheck {
    private HistoryCheck() {}

    static Findings of(RunHistory history, FinalLog log, Deadlines deadlines) {
        Findings findings = new Findings();
        new LogCheck(history, log, findings).run();
        new StreamCheck(history, log, findings).run();
        new PublisherCheck(history, findings).run();
        new OutboxCheck(history, log, findings).run();
        new EphemeralCheck(history, findings).run();
        new RecoveryCheck(history, log, findings, deadlines).run();
        return findings;
    }
}
