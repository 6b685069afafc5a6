package veche.dialect.wamp;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * WAMP for application code in the same server: a session without a socket, trusted like the server itself.
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
 * <p>Values are null, booleans, numbers, strings, {@link java.nio.ByteBuffer}, {@code byte[]}, enums, lists, string-keyed
 * maps, optionals, and records of all these; a record travels as a dict of its components. Stages fail with
 * {@link RealmException}. Listeners and procedures run on the server's threads for it and may block; one listener hears
 * its events one after the other. Thread-safe.
 */
public interface Realm {
    /** Publishes, and completes once it is published: durable where the topic is a room's. */
    CompletionStage<Void> publish(String topic, List<?> args, Map<String, ?> kwargs);

    /** Publishes positional arguments. */
    default CompletionStage<Void> publish(String topic, Object... args) {
        return publish(topic, Arrays.asList(args), Map.of());
    }

    /** Subscribes to a topic, or to a room, from now on. */
    CompletionStage<Binding> subscribe(String topic, Consumer<Arguments> listener);

    /** Offers a procedure; what it returns is the result, and a {@link RealmException} that it throws is the error. */
    CompletionStage<Binding> register(String procedure, Function<Arguments, ?> answer);

    /** Calls a procedure. */
    CompletionStage<Arguments> call(String procedure, List<?> args, Map<String, ?> kwargs);

    /** Calls a procedure with positional arguments, for a result of that type. */
    default <T> CompletionStage<T> call(String procedure, Class<T> result, Object... args) {
        return call(procedure, Arrays.asList(args), Map.of()).thenApply(answer -> answer.arg(0, result));
    }

    /** A subscription or registration. */
    @FunctionalInterface
    interface Binding {
        /** Ends it. */
        CompletionStage<Void> end();
    }

    /**
     * What an event, a call or a result carries, as plain values.
     *
     * @param topic the topic of an event; null otherwise
     */
    record Arguments(String topic, List<Object> args, Map<String, Object> kwargs) {
        /** The positional argument as that type; null where there is none. */
        public <T> T arg(int position, Class<T> type) {
            return RecordMapper.as(type, position < args.size() ? args.get(position) : null);
        }

        /** The keyword argument as that type; null where there is none. */
        public <T> T kwarg(String name, Class<T> type) {
            return RecordMapper.as(type, kwargs.get(name));
        }

        /** The keyword arguments as a record. */
        public <T> T as(Class<T> type) {
            return RecordMapper.as(type, kwargs);
        }
    }
}
