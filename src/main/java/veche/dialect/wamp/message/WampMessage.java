package veche.dialect.wamp.message;

import java.util.ArrayList;
import java.util.List;

/**
 * A message of WAMP v2 (basic profile, "Messages"; advanced profile, "Additional Messages"). Where a message ends with
 * a payload, both of its parts are optional.
 */
public sealed interface WampMessage {
    /** The number that stands first. */
    int type();

    /** The message as a list, ready to be serialized. */
    List<Object> fields();

    /** The message that a list stands for; a {@link Violation} where it stands for none. */
    static WampMessage of(List<Object> message) {
        if (!(message.get(0) instanceof Long type)) {
            throw new Violation("A message begins with its type");
        }
        Fields fields = new Fields(message);
        return switch (type < 0 || type > Yield.TYPE ? -1 : type.intValue()) {
            case Hello.TYPE -> fields.whole(new Hello(fields.string(), fields.dict()));
            case Welcome.TYPE -> fields.whole(new Welcome(fields.id(), fields.dict()));
            case Abort.TYPE -> fields.whole(new Abort(fields.dict(), fields.string(), fields.payload()));
            case Challenge.TYPE -> fields.whole(new Challenge(fields.string(), fields.dict()));
            case Authenticate.TYPE -> fields.whole(new Authenticate(fields.string(), fields.dictIfAny()));
            case Goodbye.TYPE -> fields.whole(new Goodbye(fields.dict(), fields.string()));
            case Error.TYPE ->
                fields.whole(new Error(fields.type(), fields.id(), fields.dict(), fields.string(), fields.payload()));
            case Publish.TYPE ->
                fields.whole(new Publish(fields.id(), fields.dict(), fields.string(), fields.payload()));
            case Published.TYPE -> fields.whole(new Published(fields.id(), fields.id()));
            case Subscribe.TYPE -> fields.whole(new Subscribe(fields.id(), fields.dict(), fields.string()));
            case Subscribed.TYPE -> fields.whole(new Subscribed(fields.id(), fields.id()));
            case Unsubscribe.TYPE -> fields.whole(new Unsubscribe(fields.id(), fields.id()));
            case Unsubscribed.TYPE -> fields.whole(new Unsubscribed(fields.id()));
            case Event.TYPE -> fields.whole(new Event(fields.id(), fields.id(), fields.dict(), fields.payload()));
            case Call.TYPE -> fields.whole(new Call(fields.id(), fields.dict(), fields.string(), fields.payload()));
            case Cancel.TYPE -> fields.whole(new Cancel(fields.id(), fields.dict()));
            case Result.TYPE -> fields.whole(new Result(fields.id(), fields.dict(), fields.payload()));
            case Register.TYPE -> fields.whole(new Register(fields.id(), fields.dict(), fields.string()));
            case Registered.TYPE -> fields.whole(new Registered(fields.id(), fields.id()));
            case Unregister.TYPE -> fields.whole(new Unregister(fields.id(), fields.id()));
            case Unregistered.TYPE -> fields.whole(new Unregistered(fields.id()));
            case Invocation.TYPE ->
                fields.whole(new Invocation(fields.id(), fields.id(), fields.dict(), fields.payload()));
            case Interrupt.TYPE -> fields.whole(new Interrupt(fields.id(), fields.dict()));
            case Yield.TYPE -> fields.whole(new Yield(fields.id(), fields.dict(), fields.payload()));
            default -> throw new Violation("There is no message type " + type);
        };
    }

    private static List<Object> list(Payload payload, Object... fields) {
        List<Object> list = new ArrayList<>(fields.length + 2);
        for (Object field : fields) {
            list.add(field instanceof Dict dict ? dict.entries() : field);
        }
        payload.appendTo(list);
        return list;
    }

    /** Opens a session. */
    record Hello(String realm, Dict details) implements WampMessage {
        /** HELLO. */
        public static final int TYPE = 1;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(Payload.EMPTY, (long) TYPE, realm, details);
        }
    }

    /** The session is open. */
    record Welcome(long session, Dict details) implements WampMessage {
        /** WELCOME. */
        public static final int TYPE = 2;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(Payload.EMPTY, (long) TYPE, session, details);
        }
    }

    /** The session ends at once; never answered. */
    record Abort(Dict details, String reason, Payload payload) implements WampMessage {
        /** ABORT. */
        public static final int TYPE = 3;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(payload, (long) TYPE, details, reason);
        }
    }

    /** Prove who you are. */
    record Challenge(String method, Dict extra) implements WampMessage {
        /** CHALLENGE. */
        public static final int TYPE = 4;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(Payload.EMPTY, (long) TYPE, method, extra);
        }
    }

    /** The proof. */
    record Authenticate(String signature, Dict extra) implements WampMessage {
        /** AUTHENTICATE. */
        public static final int TYPE = 5;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(Payload.EMPTY, (long) TYPE, signature, extra);
        }
    }

    /** The session ends; answered with the same. */
    record Goodbye(Dict details, String reason) implements WampMessage {
        /** GOODBYE. */
        public static final int TYPE = 6;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(Payload.EMPTY, (long) TYPE, details, reason);
        }
    }

    /** A request of type {@code requestType} failed. */
    record Error(int requestType, long request, Dict details, String error, Payload payload) implements WampMessage {
        /** ERROR. */
        public static final int TYPE = 8;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(payload, (long) TYPE, (long) requestType, request, details, error);
        }
    }

    /** Says something on a topic. */
    record Publish(long request, Dict options, String topic, Payload payload) implements WampMessage {
        /** PUBLISH. */
        public static final int TYPE = 16;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(payload, (long) TYPE, request, options, topic);
        }
    }

    /** It was said. */
    record Published(long request, long publication) implements WampMessage {
        /** PUBLISHED. */
        public static final int TYPE = 17;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(Payload.EMPTY, (long) TYPE, request, publication);
        }
    }

    /** Asks for a topic's events. */
    record Subscribe(long request, Dict options, String topic) implements WampMessage {
        /** SUBSCRIBE. */
        public static final int TYPE = 32;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(Payload.EMPTY, (long) TYPE, request, options, topic);
        }
    }

    /** Events will come. */
    record Subscribed(long request, long subscription) implements WampMessage {
        /** SUBSCRIBED. */
        public static final int TYPE = 33;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(Payload.EMPTY, (long) TYPE, request, subscription);
        }
    }

    /** Asks for no more events. */
    record Unsubscribe(long request, long subscription) implements WampMessage {
        /** UNSUBSCRIBE. */
        public static final int TYPE = 34;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(Payload.EMPTY, (long) TYPE, request, subscription);
        }
    }

    /** No more events will come. */
    record Unsubscribed(long request) implements WampMessage {
        /** UNSUBSCRIBED. */
        public static final int TYPE = 35;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(Payload.EMPTY, (long) TYPE, request);
        }
    }

    /** What was published. */
    record Event(long subscription, long publication, Dict details, Payload payload) implements WampMessage {
        /** EVENT. */
        public static final int TYPE = 36;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(payload, (long) TYPE, subscription, publication, details);
        }
    }

    /** Calls a procedure. */
    record Call(long request, Dict options, String procedure, Payload payload) implements WampMessage {
        /** CALL. */
        public static final int TYPE = 48;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(payload, (long) TYPE, request, options, procedure);
        }
    }

    /** Asks to stop a call. */
    record Cancel(long request, Dict options) implements WampMessage {
        /** CANCEL. */
        public static final int TYPE = 49;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(Payload.EMPTY, (long) TYPE, request, options);
        }
    }

    /** What the call gave. */
    record Result(long request, Dict details, Payload payload) implements WampMessage {
        /** RESULT. */
        public static final int TYPE = 50;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(payload, (long) TYPE, request, details);
        }
    }

    /** Offers a procedure. */
    record Register(long request, Dict options, String procedure) implements WampMessage {
        /** REGISTER. */
        public static final int TYPE = 64;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(Payload.EMPTY, (long) TYPE, request, options, procedure);
        }
    }

    /** It can be called. */
    record Registered(long request, long registration) implements WampMessage {
        /** REGISTERED. */
        public static final int TYPE = 65;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(Payload.EMPTY, (long) TYPE, request, registration);
        }
    }

    /** Takes a procedure back. */
    record Unregister(long request, long registration) implements WampMessage {
        /** UNREGISTER. */
        public static final int TYPE = 66;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(Payload.EMPTY, (long) TYPE, request, registration);
        }
    }

    /** It can be called no more. */
    record Unregistered(long request) implements WampMessage {
        /** UNREGISTERED. */
        public static final int TYPE = 67;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(Payload.EMPTY, (long) TYPE, request);
        }
    }

    /** Someone calls. */
    record Invocation(long request, long registration, Dict details, Payload payload) implements WampMessage {
        /** INVOCATION. */
        public static final int TYPE = 68;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(payload, (long) TYPE, request, registration, details);
        }
    }

    /** Asks to stop an invocation. */
    record Interrupt(long request, Dict options) implements WampMessage {
        /** INTERRUPT. */
        public static final int TYPE = 69;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(Payload.EMPTY, (long) TYPE, request, options);
        }
    }

    /** What the invocation gave. */
    record Yield(long request, Dict options, Payload payload) implements WampMessage {
        /** YIELD. */
        public static final int TYPE = 70;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<Object> fields() {
            return list(payload, (long) TYPE, request, options);
        }
    }
}
