package veche.faults;

import java.util.List;

/** A client that resumes in its rooms where it has left off, and is their member. Thread-safe. */
interface Subscriber {
    String user();

    List<String> rooms();

    /** The last position received in a room; negative before the first subscription. */
    long position(String room);

    /** From now on, it does not change the node without need. */
    void settle();
}
