/**
 * Parcels between nodes by Redis, beside PostgreSQL; the only package with Lettuce and Netty. What it offers is
 * {@link veche.cluster.redis.RedisRelay}; its classes are used only if Redis is configured.
 */
@NullMarked
package veche.cluster.redis;

import org.jspecify.annotations.NullMarked;
