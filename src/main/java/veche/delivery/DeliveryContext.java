package veche.delivery;

import java.util.function.LongSupplier;
import veche.limit.ClientMemory;

/**
 * State shared by all connections of a node.
 *
 * @param sequence supplies the number of the latest commit that was announced to the rooms
 * @param memory accounts the bytes that are queued, and everything else that is held on behalf of clients
 */
record DeliveryContext(
        ConnectionLimits limits,
        LongSupplier sequence,
        TrafficCounters traffic,
        TaskExecutor executor,
        ClientMemory memory) {}
