package veche.dialect.wamp;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * WAMP API for application code in the same server: a session without a connection, with the permissions of the server.
 *
 * <pre>{@code
 * record Price(String currency, long cents) {}
 * record Quote(String article, Price price) {}
 *
 * @Inject Realm realm;
 *
 * realm.register("com.example.quote", call -> new Quote(call.arg(0, String.class), new Price("EUR", 995)));
 * realm.call("com.example.quote", Quote.class, "tea").thenAccept(quote -> …);
 * realm.subscribe("veche.room.lobby", event -> log(event.kwarg("text", String.class)));
 * realm.publish("com.example.sold", new Quote("tea", new Price("EUR", 995)));
 * }</pre>
 *
 * <p>Values are null, booleans, numbers, strings, {@link java.nio.ByteBuffer}, {@code byte[]}, enums, lists,
 * string-keyed maps, optionals, and records of all these; a record is encoded as a dict of its components. Stages fail
 * with {@link RealmException}. Listeners and procedures run on the application executor and may block; each listener
 * receives one event at a time, in order. Thread-safe.
 */
public interface Realm {
    /**
     * Publishes an event. Completes once it is published; for a room's topic, once the message is committed to the log.
     */
    CompletionStage<Void> publish(String topic, List<?> args, Map<String, ?> kwargs);

    /** Publishes an event with positional arguments. */
    default CompletionStage<Void> publish(String topic, @Nullable Object... args) {
        return publish(topic, Arrays.asList(args), Map.of());
    }

    /** Subscribes to a topic or a room; earlier events are not delivered. */
    CompletionStage<Binding> subscribe(String topic, Consumer<Arguments> listener);

    /**
     * Registers a procedure. Its return value is the result; a {@link RealmException} that it throws is sent as ERROR.
     */
    CompletionStage<Binding> register(String procedure, Function<Arguments, ?> answer);

    /** Calls a procedure. */
    CompletionStage<Arguments> call(String procedure, List<?> args, Map<String, ?> kwargs);

    /** Calls a procedure with positional arguments, and converts the first argument of the result. */
    default <T> CompletionStage<T> call(String procedure, Class<T> result, @Nullable Object... args) {
        return call(procedure, Arrays.asList(args), Map.of()).thenApply(answer -> answer.arg(0, result));
    }

    /** A subscription or registration. */
    @FunctionalInterface
    interface Binding {
        /** Unsubscribes or unregisters. */
        CompletionStage<Void> end();
    }

    /**
     * The payload of an event, a call or a result, as Java values.
     *
     * @param topic the topic of an event; null otherwise
     */
    record Arguments(@Nullable String topic, List<@Nullable Object> args, Map<String, @Nullable Object> kwargs) {
        /** Returns a positional argument, converted to the given type; null if absent. */
        public <T> @Nullable T arg(int position, Class<T> type) {
            return RecordMapper.as(type, position < args.size() ? args.get(position) : null);
        }

        /** Returns a keyword argument, converted to the given type; null if absent. */
        public <T> @Nullable T kwarg(String name, Class<T> type) {
            return RecordMapper.as(type, kwargs.get(name));
        }

        /** Returns the keyword arguments, converted to a record. */
        public <T> T as(Class<T> type) {
            return Objects.requireNonNull(RecordMapper.as(type, kwargs));
        }
    }
}
