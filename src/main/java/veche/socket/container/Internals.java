package veche.socket.container;

import java.lang.reflect.Field;

/** Reads private fields of a container's objects. */
final class Internals {
    private Internals() {}

    /** Returns the value at the end of a path of fields. */
    static Object read(Object owner, String... names) throws ReflectiveOperationException {
        Object found = owner;
        for (String name : names) {
            if (found == null) {
                throw new NoSuchFieldException("The owner of field " + name + " is null");
            }
            found = field(found, name).get(found);
        }
        return found;
    }

    /** Returns a constant of an enum that is not on the compile-time class path. */
    static Object constant(Class<?> type, String name) throws NoSuchFieldException {
        for (Object value : type.getEnumConstants()) {
            if (value.toString().equals(name)) {
                return value;
            }
        }
        throw new NoSuchFieldException(type.getName() + "." + name);
    }

    /** Returns the accessible field of this name, declared by the owner's class or a superclass. */
    static Field field(Object owner, String name) throws NoSuchFieldException {
        for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field;
                }
            }
        }
        throw new NoSuchFieldException(owner.getClass().getName() + "." + name);
    }
}
