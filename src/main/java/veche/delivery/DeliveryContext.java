package veche.delivery;

import java.util.function.LongSupplier;

/**
 * What the connections of a node share.
 *
 * @param sequence the number of the latest commit that was announced to the rooms
 */
record DeliveryContext(
        ConnectionLimits limits, LongSupplier sequence, TrafficCounters traffic, TaskExecutor executor) {}
