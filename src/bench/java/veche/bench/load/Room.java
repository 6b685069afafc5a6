package veche.bench.load;

import java.util.ArrayList;
import java.util.List;

/** A room with its members, some of which send. */
final class Room {
    /** The name in the protocol. */
    final String name;

    /** All members. */
    final List<Client> members = new ArrayList<>();

    Room(String name) {
        this.name = name;
    }

    /** The first {@code count} members. */
    List<Client> senders(int count) {
        return members.subList(0, Math.min(count, members.size()));
    }

    /** The number of measured messages sent to the room. */
    long sent() {
        return members.stream().mapToLong(client -> client.sent).sum();
    }

    /** Whether all members have received the probe. */
    boolean isComplete() {
        return members.stream().allMatch(client -> client.present);
    }
}
