package veche.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** All clients of a run. One thread uses it. */
final class FaultClients {
    private static final int WRITERS = 5;
    private static final int READERS = 6;
    private static final int PLAIN = 3;
    private static final int APPLICATIONS = 2;
    private static final int SOAP = 2;
    private static final int FIRST_WAMP = 2;

    private final List<RoomWriter> writers = new ArrayList<>();
    private final List<RoomReader> readers = new ArrayList<>();
    private final List<SoapMember> soap = new ArrayList<>();
    private final List<FirstWampMember> firstWamp = new ArrayList<>();
    private final List<FaultClient> others = new ArrayList<>();
    private final List<FaultClient> callees = new ArrayList<>();

    FaultClients(FaultLoad load) {
        String prefix = load.prefix();
        List<String> rooms = load.rooms();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(new RoomWriter(load, prefix + "w" + i));
        }
        for (int i = 0; i < READERS; i++) {
            // The first one follows all rooms, the others some.
            readers.add(new RoomReader(
                    load, prefix + "r" + i, rooms.subList(0, i == 0 ? rooms.size() : 1 + i % rooms.size())));
        }
        for (int i = 0; i < SOAP; i++) {
            soap.add(new SoapMember(load, prefix + "s" + i, rooms.subList(i, i + 2)));
        }
        for (int i = 0; i < FIRST_WAMP; i++) {
            firstWamp.add(new FirstWampMember(load, prefix + "v" + i, rooms.subList(i, i + 2)));
        }
        for (int i = 0; i < PLAIN; i++) {
            others.add(new PlainMember(load, prefix + "p" + i, rooms.get(i)));
        }
        for (int i = 0; i < APPLICATIONS; i++) {
            others.add(new OutboxApplication(load, prefix + "o" + i));
        }
        others.add(new EventPublisher(
                load, prefix + "e", readers.stream().map(FaultClient::user).toList()));
        // One of them at a time has the procedure.
        callees.add(new EchoCallee(load, prefix + "c"));
        callees.add(new EchoCallee(load, prefix + "g"));
        others.add(new EchoCaller(load, prefix + "d"));
        others.add(new EchoCaller(load, prefix + "f"));
        others.add(new Moderator(load, prefix + "m"));
    }

    List<Subscriber> subscribers() {
        return Stream.<Subscriber>concat(readers.stream(), soap.stream()).toList();
    }

    private static Stream<FaultClient> all(List<List<? extends FaultClient>> groups) {
        return groups.stream().flatMap(List::stream);
    }

    void startReaders() {
        readers.forEach(FaultClient::start);
    }

    boolean allReadersSubscribed() {
        return readers.stream()
                .allMatch(reader -> reader.rooms().stream().allMatch(room -> reader.position(room) >= 0));
    }

    void startOthers() {
        all(List.of(soap, firstWamp, writers, others, callees)).forEach(FaultClient::start);
    }

    /** Whether all subscribers have all messages up to these positions of rooms. */
    boolean haveReached(Map<String, Long> ends) {
        return subscribers().stream()
                .allMatch(subscriber -> subscriber.rooms().stream()
                        .allMatch(room -> subscriber.position(room) >= ends.getOrDefault(room, 0L)));
    }

    /** Breaks the connections of about half of the clients. */
    void resetSome(Random random) {
        all(List.of(writers, readers, soap, firstWamp, others, callees)).forEach(client -> {
            if (random.nextBoolean()) {
                client.reset();
            }
        });
    }

    /** Lets the senders finish, and the subscribers stay where they are. */
    void settle() {
        subscribers().forEach(Subscriber::settle);
        firstWamp.forEach(RequestClient::settle);
        writers.forEach(FaultClient::end);
    }

    /** Whether all that was sent, and can be, was acknowledged. */
    boolean areComplete() {
        return writers.stream().allMatch(RoomWriter::isComplete)
                && soap.stream().allMatch(RequestClient::isComplete)
                && firstWamp.stream().allMatch(RequestClient::isComplete);
    }

    /** Ends those who only send, or cannot resume. */
    void stopSenders() throws InterruptedException {
        stop(all(List.of(firstWamp, others, writers)));
    }

    void stopSubscribers() throws InterruptedException {
        stop(all(List.of(readers, soap, callees)));
    }

    private static void stop(Stream<FaultClient> clients) throws InterruptedException {
        for (FaultClient each : clients.toList()) {
            each.stop();
        }
    }
}
