package veche.bench.load;

import java.io.IOException;

/** Measures connections per second: each client connects, joins and closes, and is then replaced by the next. */
final class Churn implements Measurement, Listener {
    private static final double SECOND = 1e9;

    private final Scenario scenario;
    private int open;
    private long joined;

    Churn(Scenario scenario) {
        this.scenario = scenario;
    }

    @Override
    public void measure(ClientPool pool) throws IOException {
        pool.setListener(this);
        run(pool, scenario.warmup());
        Figures figures = new Figures();
        long before = joined;
        long start = System.nanoTime();
        Window window = new Window(new ServerProcess(scenario.pid(), scenario.gc()), Window.Unit.DELIVERY, 0);
        run(pool, scenario.seconds());
        window.close(0, figures);
        figures.put("connects_per_s", (joined - before) * SECOND / (System.nanoTime() - start));
        figures.losses(pool.losses()).print();
        pool.closeAll();
    }

    private void run(ClientPool pool, double seconds) throws IOException {
        pool.until((long) (seconds * SECOND), () -> false, () -> {
            while (open < scenario.clients()) {
                pool.add();
                open++;
            }
        });
    }

    @Override
    public void delivery(Client client, byte[] bytes, int at) {
        // No messages are sent in this measurement.
    }

    @Override
    public void joined(Client client) {
        joined++;
        client.close();
    }

    @Override
    public void closed(Client client) {
        open--;
        client.room.members.remove(client);
    }
}
