package veche.testing;

/** The message types of WAMP v2 (basic profile, "Message Codes and Direction") and of WAMP v1. */
public final class MessageType {
    public static final int HELLO = 1;
    public static final int WELCOME = 2;
    public static final int ABORT = 3;
    public static final int CHALLENGE = 4;
    public static final int AUTHENTICATE = 5;
    public static final int GOODBYE = 6;
    public static final int ERROR = 8;
    public static final int PUBLISH = 16;
    public static final int PUBLISHED = 17;
    public static final int SUBSCRIBE = 32;
    public static final int SUBSCRIBED = 33;
    public static final int UNSUBSCRIBE = 34;
    public static final int UNSUBSCRIBED = 35;
    public static final int EVENT = 36;
    public static final int CALL = 48;
    public static final int CANCEL = 49;
    public static final int RESULT = 50;
    public static final int REGISTER = 64;
    public static final int REGISTERED = 65;
    public static final int UNREGISTER = 66;
    public static final int UNREGISTERED = 67;
    public static final int INVOCATION = 68;
    public static final int INTERRUPT = 69;
    public static final int YIELD = 70;

    public static final int V1_WELCOME = 0;
    public static final int V1_PREFIX = 1;
    public static final int V1_CALL = 2;
    public static final int V1_CALLRESULT = 3;
    public static final int V1_CALLERROR = 4;
    public static final int V1_SUBSCRIBE = 5;
    public static final int V1_UNSUBSCRIBE = 6;
    public static final int V1_PUBLISH = 7;
    public static final int V1_EVENT = 8;

    private MessageType() {}
}
