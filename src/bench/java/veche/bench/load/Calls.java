package veche.bench.load;

import java.io.IOException;
import java.util.List;

/**
 * Calls through a WAMP dealer: the first client registers a procedure that gives back its argument, all others call it.
 * Callers and callee share the generator's thread, so its processor time holds both ends.
 */
final class Calls implements Measurement {
    private final Scenario scenario;

    Calls(Scenario scenario) {
        this.scenario = scenario;
    }

    @Override
    public void measure(Crowd crowd) throws IOException {
        crowd.connect(1);
        crowd.connect(scenario.clients() - 1);
        List<Integer> inFlight = scenario.inFlight();
        for (int i = 0; i < inFlight.size(); i++) {
            new Loop(scenario, i, inFlight.get(i)).measure(crowd).print();
        }
        crowd.disperse();
    }

    /** So many calls at once, dealt to the callers in turn; each RESULT, and nothing else, is a call and sets off the next. */
    private static final class Loop extends Conversation {
        private final int inFlight;

        Loop(Scenario scenario, int number, int inFlight) {
            super(scenario, Window.Unit.CALL, number);
            this.inFlight = inFlight;
        }

        @Override
        void begin(Crowd crowd) throws IOException {
            List<Client> callers = callers(crowd);
            for (int i = 0; i < inFlight; i++) {
                say(callers.get(i % callers.size()), now());
            }
            for (Client caller : callers) {
                caller.flush();
            }
        }

        private static List<Client> callers(Crowd crowd) {
            List<Client> members = crowd.rooms().get(0).members;
            return members.subList(1, members.size());
        }

        @Override
        void talk(Crowd crowd, long nanos) throws IOException {
            crowd.run(nanos);
        }

        @Override
        long missing(Crowd crowd) {
            return callers(crowd).stream()
                    .mapToLong(caller -> caller.said - caller.received)
                    .sum();
        }

        @Override
        public void delivery(Client client, byte[] bytes, int at) {
            if (isOurs(bytes, at) && ChatText.sender(bytes, at) == client.id) {
                count(client);
                note(bytes, at);
                say(client, now());
            }
        }
    }
}
