package veche.bench.load;

import java.io.IOException;

/** Memory of connections that only wait: resident memory of the server's process before and after, collected. */
final class Idle implements Measurement {
    private static final double SECOND = 1e9;
    private static final double SETTLE = 1.5;
    /** So many come and go first, so that what the server makes only once is not counted. */
    private static final int FIRST = 500;

    private final Scenario scenario;
    private final ServerProcess server;

    Idle(Scenario scenario) {
        this.scenario = scenario;
        server = new ServerProcess(scenario.pid(), scenario.gc());
    }

    @Override
    public void measure(Crowd crowd) throws IOException, InterruptedException {
        crowd.connect(Math.min(FIRST, scenario.clients()));
        crowd.disperse();
        long before = resident(crowd);
        long start = System.nanoTime();
        crowd.connect(scenario.clients());
        double elapsed = System.nanoTime() - start;
        long after = resident(crowd);
        new Figures()
                .put("resident_before_kib", before)
                .put("resident_after_kib", after)
                .put("kib_per_connection", (after - before) / (double) scenario.clients())
                .put("ramp_connects_per_s", scenario.clients() * SECOND / elapsed)
                .losses(crowd.losses())
                .print();
        crowd.disperse();
    }

    private long resident(Crowd crowd) throws IOException, InterruptedException {
        crowd.run((long) (SETTLE * SECOND));
        server.collectGarbage();
        crowd.run((long) (SETTLE * SECOND));
        return server.residentKiB();
    }
}
