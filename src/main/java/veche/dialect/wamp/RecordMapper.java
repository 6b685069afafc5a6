package veche.dialect.wamp;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.message.Ids;

/** Converts between WAMP values and Java values. A record maps to a dict of its components. */
final class RecordMapper {
    private RecordMapper() {}

    /** Converts a Java value to a WAMP value. */
    static @Nullable Object value(@Nullable Object java) {
        if (java instanceof Optional<?> optional) {
            return value(optional.orElse(null));
        }
        if (java instanceof Record record) {
            return dict(record);
        }
        if (java instanceof Collection<?> collection) {
            return list(collection);
        }
        return java instanceof Map<?, ?> map ? dict(map) : simple(java);
    }

    static List<@Nullable Object> list(Collection<?> collection) {
        List<@Nullable Object> list = new ArrayList<>(collection.size());
        collection.forEach(element -> list.add(value(element)));
        return list;
    }

    static Map<String, @Nullable Object> dict(Map<?, ?> map) {
        Map<String, @Nullable Object> dict = new LinkedHashMap<>();
        map.forEach((key, element) -> dict.put((String) key, value(element)));
        return dict;
    }

    private static @Nullable Object simple(@Nullable Object java) {
        if (java instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        }
        if (java instanceof Enum<?> constant) {
            return constant.name();
        }
        if (java instanceof Integer || java instanceof Short || java instanceof Byte) {
            return ((Number) java).longValue();
        }
        if (java instanceof Float real) {
            return real.doubleValue();
        }
        if (java == null
                || java instanceof Boolean
                || java instanceof Long
                || java instanceof Double
                || java instanceof BigInteger
                || java instanceof String
                || java instanceof ByteBuffer) {
            return java;
        }
        throw new IllegalArgumentException("Unsupported WAMP value type: " + java.getClass());
    }

    private static Map<String, Object> dict(Record record) {
        Map<String, Object> dict = new LinkedHashMap<>();
        try {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                component.getAccessor().setAccessible(true);
                dict.put(component.getName(), value(component.getAccessor().invoke(record)));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("Cannot read the components of " + record.getClass(), e);
        }
        return dict;
    }

    /**
     * Converts a WAMP value to a Java type.
     *
     * @throws IllegalArgumentException if the value cannot be converted
     */
    static <T> @Nullable T as(Class<T> type, @Nullable Object value) {
        @SuppressWarnings("unchecked")
        @Nullable
        T java = (T) java(type, value);
        return java;
    }

    private static @Nullable Object java(Type type, @Nullable Object value) {
        if (type instanceof ParameterizedType generic) {
            return generic(generic, value);
        }
        Class<?> raw = type instanceof Class<?> known ? known : Object.class;
        if (value == null || raw.isInstance(value)) {
            return value;
        }
        if (value instanceof Number number) {
            return number(raw, number);
        }
        if (raw.isRecord() && value instanceof Map<?, ?> dict) {
            return record(raw, dict);
        }
        if (raw.isEnum() && value instanceof String name) {
            return Arrays.stream(raw.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("Unknown " + raw.getSimpleName() + ": " + name));
        }
        if (raw == byte[].class && value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return copy;
        }
        if (raw == boolean.class && value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException("Not a " + raw.getSimpleName() + ": " + value);
    }

    private static @Nullable Object generic(ParameterizedType type, @Nullable Object value) {
        Type[] of = type.getActualTypeArguments();
        if (type.getRawType() == Optional.class) {
            return Optional.ofNullable(java(of[0], value));
        }
        if (value instanceof List<?> list) {
            List<Object> converted = new ArrayList<>(list.size());
            list.forEach(element -> converted.add(java(of[0], element)));
            return converted;
        }
        if (value instanceof Map<?, ?> dict) {
            Map<Object, Object> converted = new LinkedHashMap<>();
            dict.forEach((key, element) -> converted.put(key, java(of[1], element)));
            return converted;
        }
        return value;
    }

    private static Object number(Class<?> type, Number number) {
        // Some clients encode every integer as a floating-point number.
        if (Ids.whole(number) instanceof Long whole) {
            if (type == long.class || type == Long.class) {
                return whole;
            }
            if ((type == int.class || type == Integer.class) && whole == whole.intValue()) {
                return whole.intValue();
            }
        }
        if (type == double.class || type == Double.class) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException("Not a " + type.getSimpleName() + ": " + number);
    }

    private static Object record(Class<?> type, Map<?, ?> dict) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = java(components[i].getGenericType(), dict.get(components[i].getName()));
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("Cannot instantiate " + type, e);
        }
    }
}
