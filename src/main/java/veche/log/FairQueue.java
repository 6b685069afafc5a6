package veche.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Requests in the order in which they are written: within a flow that of arrival, among flows deficit round robin
 * (Shreedhar and Varghese, "Efficient Fair Queuing Using Deficit Round Robin", 1995), so that a user's large messages
 * delay those of others by few transactions only. Not thread-safe.
 */
final class FairQueue {
    /** The bytes by which each turn of a flow increases its credit; a larger message takes several turns. */
    private static final long QUANTUM = 64 << 10;

    private static final class Flow {
        private final Queue<WriteRequest> requests = new ArrayDeque<>();
        private long bytes;
        /** The bytes that it may still write in this turn. */
        private long credit = QUANTUM;

        boolean isExhausted() {
            return requests.element().weight() > credit;
        }

        WriteRequest remove() {
            WriteRequest next = requests.remove();
            credit -= next.weight();
            bytes -= next.weight();
            return next;
        }
    }

    private final Queue<WriteRequest> control = new ArrayDeque<>();
    private final Map<String, Flow> flows = new HashMap<>();
    private final Deque<Flow> turns = new ArrayDeque<>();
    private int size;
    private long bytes;

    boolean isEmpty() {
        return size == 0;
    }

    /** The number of requests. */
    int size() {
        return size;
    }

    /** The approximate size of the requests, in bytes. */
    long bytes() {
        return bytes;
    }

    /** The number of requests of a flow. */
    int size(String flow) {
        Flow waiting = flows.get(flow);
        return waiting == null ? 0 : waiting.requests.size();
    }

    /** The approximate size of the requests of a flow, in bytes. */
    long bytes(String flow) {
        Flow waiting = flows.get(flow);
        return waiting == null ? 0 : waiting.bytes;
    }

    void add(WriteRequest request) {
        size++;
        bytes += request.weight();
        if (request.flow().equals(WriteRequest.CONTROL)) {
            control.add(request);
            return;
        }
        Flow flow = flows.computeIfAbsent(request.flow(), unseen -> new Flow());
        if (flow.requests.isEmpty()) {
            turns.addLast(flow);
        }
        flow.requests.add(request);
        flow.bytes += request.weight();
    }

    /**
     * Removes the next requests.
     *
     * @param maxRequests maximum number of requests
     * @param maxBytes size at which no further request is removed, in bytes
     */
    List<WriteRequest> take(int maxRequests, long maxBytes) {
        List<WriteRequest> taken = new ArrayList<>();
        while (!control.isEmpty() && taken.size() < maxRequests) {
            taken.add(control.remove());
        }
        for (long end = bytes - maxBytes; !turns.isEmpty() && taken.size() < maxRequests && bytes > end; ) {
            Flow flow = turns.removeFirst();
            if (flow.isExhausted()) {
                flow.credit += QUANTUM;
                turns.addLast(flow);
                continue;
            }
            WriteRequest next = flow.remove();
            taken.add(next);
            bytes -= next.weight();
            if (flow.requests.isEmpty()) {
                flows.remove(next.flow());
            } else {
                turns.addFirst(flow);
            }
        }
        size -= taken.size();
        return taken;
    }

    /** Removes all requests. */
    List<WriteRequest> clear() {
        return take(Integer.MAX_VALUE, Long.MAX_VALUE);
    }
}
