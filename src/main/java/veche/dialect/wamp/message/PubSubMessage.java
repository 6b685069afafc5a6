package veche.dialect.wamp.message;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Publish and subscribe (basic profile, "Publish and Subscribe"). */
public sealed interface PubSubMessage extends WampMessage {
    /** Publishes an event to a topic. */
    record Publish(long request, Dict options, String topic, Payload payload) implements PubSubMessage {
        /** PUBLISH. */
        public static final int TYPE = 16;

        /** The same with the option to disclose the publisher. */
        public Publish disclosed() {
            return new Publish(request, options.with("disclose_me", true), topic, payload);
        }

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<@Nullable Object> fields() {
            return payload.after((long) TYPE, request, options, topic);
        }
    }

    /** Acknowledges PUBLISH. */
    record Published(long request, long publication) implements PubSubMessage {
        /** PUBLISHED. */
        public static final int TYPE = 17;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public long answers() {
            return request;
        }

        @Override
        public List<@Nullable Object> fields() {
            return Payload.EMPTY.after((long) TYPE, request, publication);
        }
    }

    /** Requests a subscription to a topic. */
    record Subscribe(long request, Dict options, String topic) implements PubSubMessage {
        /** SUBSCRIBE. */
        public static final int TYPE = 32;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<@Nullable Object> fields() {
            return Payload.EMPTY.after((long) TYPE, request, options, topic);
        }
    }

    /** Acknowledges SUBSCRIBE. */
    record Subscribed(long request, long subscription) implements PubSubMessage {
        /** SUBSCRIBED. */
        public static final int TYPE = 33;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public long answers() {
            return request;
        }

        @Override
        public List<@Nullable Object> fields() {
            return Payload.EMPTY.after((long) TYPE, request, subscription);
        }
    }

    /** Requests the removal of a subscription. */
    record Unsubscribe(long request, long subscription) implements PubSubMessage {
        /** UNSUBSCRIBE. */
        public static final int TYPE = 34;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<@Nullable Object> fields() {
            return Payload.EMPTY.after((long) TYPE, request, subscription);
        }
    }

    /** Acknowledges UNSUBSCRIBE. */
    record Unsubscribed(long request) implements PubSubMessage {
        /** UNSUBSCRIBED. */
        public static final int TYPE = 35;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public long answers() {
            return request;
        }

        @Override
        public List<@Nullable Object> fields() {
            return Payload.EMPTY.after((long) TYPE, request);
        }
    }

    /** Revokes a subscription (advanced profile, "Subscription Revocation"). */
    record Revoked(long subscription, Map<String, Object> details) implements PubSubMessage {
        @Override
        public int type() {
            return Unsubscribed.TYPE;
        }

        @Override
        public List<@Nullable Object> fields() {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("subscription", subscription);
            all.putAll(details);
            return Payload.EMPTY.after((long) Unsubscribed.TYPE, 0L, new Dict(all));
        }
    }

    /** Delivers a publication to a subscriber. */
    record Event(long subscription, long publication, Dict details, Payload payload) implements PubSubMessage {
        /** EVENT. */
        public static final int TYPE = 36;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<@Nullable Object> fields() {
            return payload.after((long) TYPE, subscription, publication, details);
        }
    }
}
