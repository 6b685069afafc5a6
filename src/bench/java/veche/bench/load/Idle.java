package veche.bench.load;

import java.io.IOException;

/** Measures the memory of idle connections: the server's resident memory before and after, each time collected. */
final class Idle implements Measurement {
    private static final double SECOND = 1e9;
    private static final double SETTLE = 1.5;
    private static final long PATIENCE = 120_000_000_000L;
    /** The number of connections that open and close first, so that one-time allocations are not counted. */
    private static final int FIRST = 500;

    private static final byte FIRST_MESSAGE = '!';
    /** The pong replaces the data of the last read that containers retain. */
    private static final long UNTIL_THE_NEXT_PING = 27_000_000_000L;

    private final Scenario scenario;
    private final ServerProcess server;

    Idle(Scenario scenario) {
        this.scenario = scenario;
        server = new ServerProcess(scenario.pid(), scenario.gc());
    }

    @Override
    public void measure(ClientPool pool) throws IOException, InterruptedException {
        pool.connect(Math.min(FIRST, scenario.clients()));
        pool.closeAll();
        long before = resident(pool);
        long start = System.nanoTime();
        pool.connect(scenario.clients());
        double elapsed = System.nanoTime() - start;
        if (scenario.sendFirst()) {
            sendFromAll(pool);
            pool.run(UNTIL_THE_NEXT_PING);
        }
        long after = resident(pool);
        new Figures()
                .put("resident_before_kib", before)
                .put("resident_after_kib", after)
                .put("kib_per_connection", (after - before) / (double) scenario.clients())
                .put("ramp_connects_per_s", scenario.clients() * SECOND / elapsed)
                .losses(pool.losses())
                .print();
        pool.closeAll();
    }

    /** Each client sends one message and receives all; probed first, since joining may end after the handshake. */
    private void sendFromAll(ClientPool pool) throws IOException {
        pool.awaitMembership();
        long[] received = {0};
        long goal = (long) scenario.clients() * scenario.clients();
        pool.setListener((client, bytes, at) -> received[0] += ChatText.kind(bytes, at) == FIRST_MESSAGE ? 1 : 0);
        for (Room room : pool.rooms()) {
            for (Client client : room.members) {
                client.sendLong(FIRST_MESSAGE, scenario.deflate());
                client.flush();
            }
        }
        pool.until(PATIENCE, () -> received[0] >= goal, () -> {});
        if (received[0] < goal) {
            throw new IllegalStateException(
                    received[0] + " of " + goal + " deliveries arrived; lost: " + pool.losses());
        }
    }

    private long resident(ClientPool pool) throws IOException, InterruptedException {
        pool.run((long) (SETTLE * SECOND));
        server.collectGarbage();
        pool.run((long) (SETTLE * SECOND));
        return server.residentKiB();
    }
}
