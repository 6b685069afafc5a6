package veche.dialect.wamp.message;

import java.util.List;

/** Remote procedure calls (basic profile, "Remote Procedure Calls"; advanced profile, "Call Canceling"). */
public sealed interface RpcMessage extends WampMessage {
    /** Calls a procedure. */
    record Call(long request, Dict options, String procedure, Payload payload) implements RpcMessage {
        /** CALL. */
        public static final int TYPE = 48;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return payload.after((long) TYPE, request, options, procedure);
        }
    }

    /** Asks to stop a call. */
    record Cancel(long request, Dict options) implements RpcMessage {
        /** CANCEL. */
        public static final int TYPE = 49;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return Payload.EMPTY.after((long) TYPE, request, options);
        }
    }

    /** What the call gave. */
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
        public List<Object> fields() {
            return payload.after((long) TYPE, request, details);
        }
    }

    /** Offers a procedure. */
    record Register(long request, Dict options, String procedure) implements RpcMessage {
        /** REGISTER. */
        public static final int TYPE = 64;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return Payload.EMPTY.after((long) TYPE, request, options, procedure);
        }
    }

    /** It can be called. */
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
        public List<Object> fields() {
            return Payload.EMPTY.after((long) TYPE, request, registration);
        }
    }

    /** Takes a procedure back. */
    record Unregister(long request, long registration) implements RpcMessage {
        /** UNREGISTER. */
        public static final int TYPE = 66;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return Payload.EMPTY.after((long) TYPE, request, registration);
        }
    }

    /** It can be called no more. */
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
        public List<Object> fields() {
            return Payload.EMPTY.after((long) TYPE, request);
        }
    }

    /** Someone calls. */
    record Invocation(long request, long registration, Dict details, Payload payload) implements RpcMessage {
        /** INVOCATION. */
        public static final int TYPE = 68;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return payload.after((long) TYPE, request, registration, details);
        }
    }

    /** Asks to stop an invocation. */
    record Interrupt(long request, Dict options) implements RpcMessage {
        /** INTERRUPT. */
        public static final int TYPE = 69;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return Payload.EMPTY.after((long) TYPE, request, options);
        }
    }

    /** What the invocation gave. */
    record Yield(long request, Dict options, Payload payload) implements RpcMessage {
        /** YIELD. */
        public static final int TYPE = 70;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return payload.after((long) TYPE, request, options);
        }
    }
}
