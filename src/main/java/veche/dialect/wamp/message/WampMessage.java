package veche.dialect.wamp.message;

import java.util.List;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.message.RpcMessage.Cancel;
import veche.dialect.wamp.message.RpcMessage.Invocation;

/**
 * A WAMP v2 message (basic profile, "Messages"; advanced profile, "Additional Messages"). Both parts of a trailing
 * payload are optional.
 */
public sealed interface WampMessage permits SessionMessage, PubSubMessage, RpcMessage, WampMessage.Error {
    /** The message type, which is the first element of the list. */
    int type();

    /** The message as a list, ready to be serialized. */
    List<@Nullable Object> fields();

    /** The id of the request that this message completes; 0 if it completes none. */
    default long answers() {
        return 0;
    }

    /** Reports that a request of type {@code requestType} failed. */
    record Error(int requestType, long request, Dict details, String error, Payload payload) implements WampMessage {
        /** ERROR. */
        public static final int TYPE = 8;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public long answers() {
            // CANCEL has no request id of its own: its call may still be pending.
            return requestType == Invocation.TYPE || requestType == Cancel.TYPE ? 0 : request;
        }

        @Override
        public List<@Nullable Object> fields() {
            return payload.after((long) TYPE, (long) requestType, request, details, error);
        }
    }
}
