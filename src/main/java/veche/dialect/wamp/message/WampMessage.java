package veche.dialect.wamp.message;

import java.util.List;
import veche.dialect.wamp.message.RpcMessage.Cancel;
import veche.dialect.wamp.message.RpcMessage.Invocation;

/**
 * A message of WAMP v2 (basic profile, "Messages"; advanced profile, "Additional Messages"). Where a message ends with
 * a payload, both of its parts are optional.
 */
public sealed interface WampMessage permits SessionMessage, PubSubMessage, RpcMessage, WampMessage.Error {
    /** The number that stands first. */
    int type();

    /** The message as a list, ready to be serialized. */
    List<Object> fields();

    /** The id of the request that this message settles; 0 where it settles none. */
    default long answers() {
        return 0;
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
        public long answers() {
            // CANCEL has no id of its own: its call may be under way still.
            return requestType == Invocation.TYPE || requestType == Cancel.TYPE ? 0 : request;
        }

        @Override
        public List<Object> fields() {
            return payload.after((long) TYPE, (long) requestType, request, details, error);
        }
    }
}
