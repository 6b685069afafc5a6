package veche.bench.load;

import java.io.IOException;

/** Memory of connections that only wait: resident memory of the server's process before and after, collected. */
final class Idle implements Measurement {
    private static final double SECOND = 1e9;
    private static final double SETTLE = 1.5;
    private static final long PATIENCE = 120_000_000_000L;
    /** So many come and go first, so that what the server makes only once is not counted. */
    private static final int FIRST = 500;

    private static final byte SAID = '!';
    /** The pong replaces what containers keep of the last read. */
    private static final long UNTIL_THE_NEXT_PING = 27_000_000_000L;

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
        if (scenario.talk()) {
            talk(crowd);
            crowd.run(UNTIL_THE_NEXT_PING);
        }
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

    /** Each says one message, and hears everyone's; a server may let in the last ones after their handshake is answered. */
    private void talk(Crowd crowd) throws IOException {
        crowd.rollCall();
        long[] heard = {0};
        long goal = (long) scenario.clients() * scenario.clients();
        crowd.listen((client, bytes, at) -> heard[0] += ChatText.kind(bytes, at) == SAID ? 1 : 0);
        for (Room room : crowd.rooms()) {
            for (Client client : room.members) {
                client.sayAtLength(SAID, scenario.deflate());
                client.flush();
            }
        }
        crowd.until(PATIENCE, () -> heard[0] >= goal, () -> {});
        if (heard[0] < goal) {
            throw new IllegalStateException(heard[0] + " of " + goal + " deliveries came; lost: " + crowd.losses());
        }
    }

    private long resident(Crowd crowd) throws IOException, InterruptedException {
        crowd.run((long) (SETTLE * SECOND));
        server.collectGarbage();
        crowd.run((long) (SETTLE * SECOND));
        return server.residentKiB();
    }
}
