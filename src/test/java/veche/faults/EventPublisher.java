package veche.faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import veche.testing.MessageType;

/** Publishes events of a topic without a log, each for some of the users only. */
final class EventPublisher extends WampClient {
    private static final int PAUSE_MILLIS = 40;
    private static final int STAY = 300;

    private final List<String> users;
    private int count;

    /** @param users those who subscribe to the topic */
    EventPublisher(FaultLoad load, String user, List<String> users) {
        super(load, user);
        this.users = users.stream().map(each -> "user:" + each).toList();
    }

    @Override
    void session(WampLink connection, int node) throws IOException, InterruptedException {
        for (int i = 0; i < STAY && connection.isOpen() && !hasEnded(); i++) {
            List<String> shuffled = new ArrayList<>(users);
            Collections.shuffle(shuffled, random());
            Set<String> eligible = Set.copyOf(shuffled.subList(0, 1 + random().nextInt(users.size() - 1)));
            String event = user() + "-" + ++count;
            history().add(new Observation.Published(event, connection.name(), count, eligible, System.nanoTime()));
            String list = eligible.stream().map(each -> "\"" + each + "\"").collect(Collectors.joining(","));
            connection.request(
                    MessageType.PUBLISH,
                    "{\"acknowledge\":true,\"eligible_authid\":[" + list + "]},\"" + load().topic() + "\",[\"" + event
                            + "\"]");
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
