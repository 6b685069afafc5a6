package veche.log.cluster;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Objects whose methods are intercepted. */
final class InterceptedCalls {
    private InterceptedCalls() {}

    /** A call of the intercepted object. */
    @FunctionalInterface
    interface Call {
        /** Makes the call. */
        Object result() throws Throwable;
    }

    /** Replaces calls by the name of their method. */
    @FunctionalInterface
    interface Interceptor {
        Object intercept(String method, Call call) throws Throwable;
    }

    static <T> T of(Class<T> type, T target, Interceptor interceptor) {
        return type.cast(Proxy.newProxyInstance(
                InterceptedCalls.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> interceptor.intercept(method.getName(), () -> {
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                })));
    }
}
