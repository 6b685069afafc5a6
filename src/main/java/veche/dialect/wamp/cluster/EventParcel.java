package veche.dialect.wamp.cluster;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.router.Event;
import veche.dialect.wamp.router.Recipients;

/**
 * An event on its way to another node, as a list in CBOR.
 *
 * @param use what the receiver does with it
 */
record EventParcel(Use use, Event event, Recipients recipients) {
    /** What the receiver does with an event. */
    enum Use {
        /** Deliver it. */
        DELIVER,
        /** Deliver it, and retain it for later subscribers. */
        DELIVER_AND_RETAIN,
        /** Retain it, unless there is a later one. */
        RETAIN
    }

    private static final int FIELDS = 7;

    /** @throws veche.dialect.wamp.codec.UnmappableException if the payload cannot be represented */
    byte[] encode(Format cbor) {
        Payload payload = event.payload().portable();
        return ParcelFields.of(
                        use.name(),
                        event.publication(),
                        event.topic(),
                        event.details(),
                        payload.args(),
                        payload.kwargs(),
                        recipientsFields())
                .encode(cbor);
    }

    private @Nullable Object recipientsFields() {
        if (recipients instanceof Recipients.AllBut allBut) {
            return allBut.session();
        }
        if (recipients instanceof Recipients.Lists lists) {
            Map<String, Object> fields = new HashMap<>();
            fields.put("exclude", List.copyOf(lists.exclude()));
            fields.put("exclude_authid", List.copyOf(lists.excludeAuthid()));
            fields.put("exclude_authrole", List.copyOf(lists.excludeAuthrole()));
            lists.eligible().ifPresent(eligible -> fields.put("eligible", List.copyOf(eligible)));
            lists.eligibleAuthid().ifPresent(eligible -> fields.put("eligible_authid", List.copyOf(eligible)));
            lists.eligibleAuthrole().ifPresent(eligible -> fields.put("eligible_authrole", List.copyOf(eligible)));
            return fields;
        }
        return null;
    }

    /** The parcel of these bytes; empty if they are of another version, or for another use. */
    static Optional<EventParcel> decode(Format cbor, byte[] bytes) {
        return ParcelFields.decode(cbor, bytes)
                .filter(fields -> fields.size() == FIELDS)
                .flatMap(EventParcel::of);
    }

    private static Optional<EventParcel> of(ParcelFields fields) {
        Event event = new Event(fields.number(1), fields.text(2), fields.dict(3), fields.payload(4));
        return Arrays.stream(Use.values())
                .filter(use -> use.name().equals(fields.text(0)))
                .findFirst()
                .map(use -> new EventParcel(use, event, recipients(fields.at(6))));
    }

    private static Recipients recipients(@Nullable Object field) {
        if (field == null) {
            return Recipients.ALL;
        }
        if (field instanceof Long session) {
            return new Recipients.AllBut(session);
        }
        Map<?, ?> lists = (Map<?, ?>) field;
        return new Recipients.Lists(
                set(lists, "exclude", Long.class).orElseThrow(),
                set(lists, "exclude_authid", String.class).orElseThrow(),
                set(lists, "exclude_authrole", String.class).orElseThrow(),
                set(lists, "eligible", Long.class),
                set(lists, "eligible_authid", String.class),
                set(lists, "eligible_authrole", String.class));
    }

    private static <T> Optional<Set<T>> set(Map<?, ?> lists, String name, Class<T> type) {
        return Optional.ofNullable((List<?>) lists.get(name)).map(values -> ParcelFields.set(values, type));
    }
}
