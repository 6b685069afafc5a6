package veche.dialect.wamp.message;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remote procedure calls (basic profile, "Remote Procedure Calls"; advanced profile, "Call Canceling"). */
public sealed interface RpcMessage extends WampMessage {
    /** Calls a procedure. */
    record Call(long request, Dict options, String procedure, Payload payload) implements RpcMessage {
        /** CALL. */
        public static final int TYPE = 48;

        /** The same with the option to disclose the caller. */
        public Call disclosed() {
            return new Call(request, options.with("disclose_me", true), procedure, payload);
        }

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<@Nullable Object> fields() {
            return payload.after((long) TYPE, request, options, procedure);
        }
    }

    /** Requests the cancellation of a call. */
    record Cancel(long request, Dict options) implements RpcMessage {
        /** CANCEL. */
        public static final int TYPE = 49;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<@Nullable Object> fields() {
            return Payload.EMPTY.after((long) TYPE, request, options);
        }
    }

    /** Returns the result of a call, which may be progressive, to the caller. */
    record Result(long request, Dict details, Payload payload) implements RpcMessage {
        /** RESULT. */
        public static final int TYPE = 50;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public long answers() {
            return details.flag("progress") ? 0 : request;
        }

        @Override
        public List<@Nullable Object> fields() {
            return payload.after((long) TYPE, request, details);
        }
    }

    /** Registers a procedure. */
    record Register(long request, Dict options, String procedure) implements RpcMessage {
        /** REGISTER. */
        public static final int TYPE = 64;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<@Nullable Object> fields() {
            return Payload.EMPTY.after((long) TYPE, request, options, procedure);
        }
    }

    /** Acknowledges REGISTER. */
    record Registered(long request, long registration) implements RpcMessage {
        /** REGISTERED. */
        public static final int TYPE = 65;

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
            return Payload.EMPTY.after((long) TYPE, request, registration);
        }
    }

    /** Removes a registration. */
    record Unregister(long request, long registration) implements RpcMessage {
        /** UNREGISTER. */
        public static final int TYPE = 66;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<@Nullable Object> fields() {
            return Payload.EMPTY.after((long) TYPE, request, registration);
        }
    }

    /**
     * UNREGISTERED without a request, because the callee may no longer implement the procedure (advanced profile,
     * "Registration Revocation").
     */
    record RegistrationRevoked(long registration, Map<String, Object> details) implements RpcMessage {
        @Override
        public int type() {
            return Unregistered.TYPE;
        }

        @Override
        public List<@Nullable Object> fields() {
            return Payload.EMPTY.after(
                    (long) Unregistered.TYPE, 0L, new Dict(details).with("registration", registration));
        }
    }

    /** Acknowledges UNREGISTER. */
    record Unregistered(long request) implements RpcMessage {
        /** UNREGISTERED. */
        public static final int TYPE = 67;

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

    /** Forwards a call to the callee. */
    record Invocation(long request, long registration, Dict details, Payload payload) implements RpcMessage {
        /** INVOCATION. */
        public static final int TYPE = 68;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<@Nullable Object> fields() {
            return payload.after((long) TYPE, request, registration, details);
        }
    }

    /** Requests the callee to cancel an invocation. */
    record Interrupt(long request, Dict options) implements RpcMessage {
        /** INTERRUPT. */
        public static final int TYPE = 69;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<@Nullable Object> fields() {
            return Payload.EMPTY.after((long) TYPE, request, options);
        }
    }

    /** Returns the result of an invocation, which may be progressive, to the router. */
    record Yield(long request, Dict options, Payload payload) implements RpcMessage {
        /** YIELD. */
        public static final int TYPE = 70;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<@Nullable Object> fields() {
            return payload.after((long) TYPE, request, options);
        }
    }
}
