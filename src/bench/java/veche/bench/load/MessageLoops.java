package veche.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A crowd connects once and has one conversation after the other. */
final class Conversations implements Measurement {
    private final Scenario scenario;

    Conversations(Scenario scenario) {
        this.scenario = scenario;
    }

    @Override
    public void measure(Crowd crowd) throws IOException {
        crowd.connect(scenario.clients());
        crowd.rollCall();
        for (Conversation conversation : planned()) {
            conversation.measure(crowd).print();
        }
        crowd.disperse();
    }

    private List<Conversation> planned() {
        if (scenario.mode() == Scenario.Mode.OPEN) {
            return List.of(new OpenLoop(scenario));
        }
        List<Conversation> planned = new ArrayList<>();
        for (int inFlight : scenario.inFlight()) {
            planned.add(new ClosedLoop(scenario, planned.size(), inFlight));
        }
        return planned;
    }
}
