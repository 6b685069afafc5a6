package veche.dialect.soap;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import veche.dialect.soap.chat.Dict;
import veche.dialect.soap.chat.Entry;
import veche.dialect.soap.chat.Value;
import veche.dialect.soap.chat.ValueList;

/** Maps values of WAMP's model: plain Java objects ⇄ typed elements of {@code chat.xsd}. */
final class ValueMapper {
    private static final int LONG_BITS = 63;

    private ValueMapper() {}

    static ValueList list(List<?> values) {
        ValueList list = new ValueList();
        values.forEach(value -> list.getValue().add(value(value)));
        return list;
    }

    static Dict dict(Map<String, ?> values) {
        Dict dict = new Dict();
        values.forEach((key, value) -> {
            Entry entry = new Entry();
            entry.setKey(key);
            entry.setValue(value(value));
            dict.getEntry().add(entry);
        });
        return dict;
    }

    static List<@Nullable Object> objects(@Nullable ValueList list) {
        List<@Nullable Object> objects = new ArrayList<>();
        if (list != null) {
            list.getValue().forEach(value -> objects.add(object(value)));
        }
        return objects;
    }

    static Map<String, @Nullable Object> objects(@Nullable Dict dict) {
        Map<String, @Nullable Object> objects = new LinkedHashMap<>();
        if (dict != null) {
            dict.getEntry().forEach(entry -> objects.put(entry.getKey(), object(entry.getValue())));
        }
        return objects;
    }

    private static Value value(@Nullable Object object) {
        Value value = new Value();
        if (object == null) {
            value.setNothing(new Value.Nothing());
        } else if (object instanceof Boolean truth) {
            value.setBoolean(truth);
        } else if (object instanceof Number number) {
            setNumber(value, number);
        } else if (object instanceof byte[] bytes) {
            value.setBinary(bytes);
        } else if (object instanceof ByteBuffer bytes) {
            value.setBinary(Bytes.of(bytes));
        } else if (object instanceof List<?> list) {
            value.setList(list(list));
        } else if (object instanceof Map<?, ?> map) {
            value.setDict(dict(named(map)));
        } else {
            value.setString(object.toString());
        }
        return value;
    }

    private static void setNumber(Value value, Number number) {
        if (number instanceof BigInteger big) {
            value.setInteger(big);
        } else if (number instanceof Double || number instanceof Float || number instanceof BigDecimal) {
            value.setDouble(number.doubleValue());
        } else {
            value.setInteger(BigInteger.valueOf(number.longValue()));
        }
    }

    private static Map<String, @Nullable Object> named(Map<?, ?> map) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        map.forEach((key, value) -> named.put(String.valueOf(key), value));
        return named;
    }

    private static @Nullable Object object(Value value) {
        if (value.getInteger() != null) {
            return integer(value.getInteger());
        }
        if (value.getList() != null) {
            return objects(value.getList());
        }
        if (value.getDict() != null) {
            return objects(value.getDict());
        }
        return scalar(value);
    }

    private static @Nullable Object scalar(Value value) {
        for (Object given :
                new @Nullable Object[] {value.getString(), value.isBoolean(), value.getDouble(), value.getBinary()}) {
            if (given != null) {
                return given;
            }
        }
        return null;
    }

    private static Object integer(BigInteger integer) {
        return integer.bitLength() <= LONG_BITS ? (Object) integer.longValue() : integer;
    }
}
