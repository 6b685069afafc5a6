package veche.bench.load;

import java.io.IOException;
import java.util.List;

/**
 * Measures calls through a WAMP dealer. The first client registers a procedure that returns its argument, the others
 * call it. Callers and callee share the generator's thread, whose processor time therefore includes both.
 */
final class Calls implements Measurement {
    private final Scenario scenario;

    Calls(Scenario scenario) {
        this.scenario = scenario;
    }

    @Override
    public void measure(ClientPool pool) throws IOException {
        pool.connect(1);
        pool.connect(scenario.clients() - 1);
        List<Integer> inFlight = scenario.inFlight();
        for (int i = 0; i < inFlight.size(); i++) {
            new Loop(scenario, i, inFlight.get(i)).measure(pool).print();
        }
        pool.closeAll();
    }

    /** Keeps a number of calls pending, distributed over the callers: each RESULT counts and starts the next call. */
    private static final class Loop extends MessageLoop {
        private final int inFlight;

        Loop(Scenario scenario, int number, int inFlight) {
            super(scenario, Window.Unit.CALL, number);
            this.inFlight = inFlight;
        }

        @Override
        void begin(ClientPool pool) throws IOException {
            List<Client> callers = callers(pool);
            for (int i = 0; i < inFlight; i++) {
                send(callers.get(i % callers.size()), now());
            }
            for (Client caller : callers) {
                caller.flush();
            }
        }

        private static List<Client> callers(ClientPool pool) {
            List<Client> members = pool.rooms().get(0).members;
            return members.subList(1, members.size());
        }

        @Override
        void proceed(ClientPool pool, long nanos) throws IOException {
            pool.run(nanos);
        }

        @Override
        long missing(ClientPool pool) {
            return callers(pool).stream()
                    .mapToLong(caller -> caller.sent - caller.received)
                    .sum();
        }

        @Override
        public void delivery(Client client, byte[] bytes, int at) {
            if (isOurs(bytes, at) && ChatText.sender(bytes, at) == client.id) {
                count(client);
                record(bytes, at);
                send(client, now());
            }
        }
    }
}
