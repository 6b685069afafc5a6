package veche.dialect.wamp.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Session lifecycle (basic profile, "Sessions"; advanced profile, "Authentication"). */
public sealed interface SessionMessage extends WampMessage {
    /** Requests a session. */
    record Hello(String realm, Dict details) implements SessionMessage {
        /** HELLO. */
        public static final int TYPE = 1;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<@Nullable Object> fields() {
            return Payload.EMPTY.after((long) TYPE, realm, details);
        }
    }

    /** Confirms that the session is open. */
    record Welcome(long session, Dict details) implements SessionMessage {
        /** WELCOME. */
        public static final int TYPE = 2;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<@Nullable Object> fields() {
            return Payload.EMPTY.after((long) TYPE, session, details);
        }
    }

    /** Ends the session immediately; never answered. */
    record Abort(Dict details, String reason, Payload payload) implements SessionMessage {
        /** ABORT. */
        public static final int TYPE = 3;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<@Nullable Object> fields() {
            return payload.after((long) TYPE, details, reason);
        }
    }

    /** Requests authentication by a method. */
    record Challenge(String method, Dict extra) implements SessionMessage {
        /** CHALLENGE. */
        public static final int TYPE = 4;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<@Nullable Object> fields() {
            return Payload.EMPTY.after((long) TYPE, method, extra);
        }
    }

    /** Answers CHALLENGE. */
    record Authenticate(String signature, Dict extra) implements SessionMessage {
        /** AUTHENTICATE. */
        public static final int TYPE = 5;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<@Nullable Object> fields() {
            return Payload.EMPTY.after((long) TYPE, signature, extra);
        }
    }

    /** Ends the session; answered with GOODBYE. */
    record Goodbye(Dict details, String reason) implements SessionMessage {
        /** GOODBYE. */
        public static final int TYPE = 6;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public List<@Nullable Object> fields() {
            return Payload.EMPTY.after((long) TYPE, details, reason);
        }
    }
}
