package veche.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Connects all clients once and runs message loops one after the other. */
final class MessageLoops implements Measurement {
    private final Scenario scenario;

    MessageLoops(Scenario scenario) {
        this.scenario = scenario;
    }

    @Override
    public void measure(ClientPool pool) throws IOException {
        pool.connect(scenario.clients());
        pool.awaitMembership();
        for (MessageLoop loop : planned()) {
            loop.measure(pool).print();
        }
        pool.closeAll();
    }

    private List<MessageLoop> planned() {
        if (scenario.mode() == Scenario.Mode.OPEN) {
            return List.of(new OpenLoop(scenario));
        }
        List<MessageLoop> planned = new ArrayList<>();
        for (int inFlight : scenario.inFlight()) {
            planned.add(new ClosedLoop(scenario, planned.size(), inFlight));
        }
        return planned;
    }
}
