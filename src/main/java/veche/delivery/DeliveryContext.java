package veche.delivery;

import java.util.function.LongSupplier;

/**
 * State shared by all connections of a node.
 *
 * @param sequence supplies the number of the latest commit that was announced to the rooms
 */
record DeliveryContext(
        ConnectionLimits limits, LongSupplier sequence, TrafficCounters traffic, TaskExecutor executor) {}
