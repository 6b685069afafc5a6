package veche.bench.load;

import java.util.ArrayList;
import java.util.List;

/** A room as the crowd sees it: who is in it, and who of them speaks. */
final class Room {
    /** Its name on the wire. */
    final String name;

    /** All in it. */
    final List<Client> members = new ArrayList<>();

    Room(String name) {
        this.name = name;
    }

    /** The first {@code count} members. */
    List<Client> senders(int count) {
        return members.subList(0, Math.min(count, members.size()));
    }

    /** Measured messages said in it. */
    long said() {
        return members.stream().mapToLong(client -> client.said).sum();
    }

    /** Whether all heard the roll call. */
    boolean isComplete() {
        return members.stream().allMatch(client -> client.present);
    }
}
