package veche.bench.load;

import java.io.IOException;

/** Connections a second: opens, joins, closes, and again, with so many under way as the scenario has clients. */
final class Churn implements Measurement, Listener {
    private static final double SECOND = 1e9;

    private final Scenario scenario;
    private int open;
    private long joined;

    Churn(Scenario scenario) {
        this.scenario = scenario;
    }

    @Override
    public void measure(Crowd crowd) throws IOException {
        crowd.listen(this);
        run(crowd, scenario.warmup());
        Figures figures = new Figures();
        long before = joined;
        long start = System.nanoTime();
        Window window = new Window(new ServerProcess(scenario.pid(), scenario.gc()), Window.Unit.DELIVERY, 0);
        run(crowd, scenario.seconds());
        window.close(0, figures);
        figures.put("connects_per_s", (joined - before) * SECOND / (System.nanoTime() - start));
        figures.losses(crowd.losses()).print();
        crowd.disperse();
    }

    private void run(Crowd crowd, double seconds) throws IOException {
        crowd.until((long) (seconds * SECOND), () -> false, () -> {
            while (open < scenario.clients()) {
                crowd.add();
                open++;
            }
        });
    }

    @Override
    public void delivery(Client client, byte[] bytes, int at) {
        // Nobody says anything here.
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
