package veche.dialect.wamp.router;

import java.lang.System.Logger;
import veche.dialect.Failures;
import veche.dialect.wamp.codec.UnmappableException;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.ProtocolViolationException;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.message.WampMessage.Error;

/** Maps exceptions to WAMP errors. */
public final class ErrorMapper {
    private static final Logger LOG = System.getLogger(ErrorMapper.class.getName());

    private ErrorMapper() {}

    /** Returns the ERROR that answers a failed request of the given type. */
    public static Error error(int requestType, long request, Throwable thrown) {
        WampErrorException failure = failure(thrown);
        return new Error(requestType, request, Dict.EMPTY, failure.uri(), failure.payload());
    }

    /**
     * Returns the WAMP error for an exception. An unexpected exception is logged, and the client receives only its
     * incident id.
     */
    public static WampErrorException failure(Throwable thrown) {
        Throwable cause = Failures.cause(thrown);
        if (cause instanceof WampErrorException failure) {
            return failure;
        }
        if (cause instanceof ProtocolViolationException violation) {
            // In the arguments of a procedure, or noticed too late to abort the session.
            return new WampErrorException(Uri.INVALID_ARGUMENT, Failures.message(violation));
        }
        if (cause instanceof UnmappableException unmappable) {
            return new WampErrorException(Uri.INVALID_ARGUMENT, Failures.message(unmappable));
        }
        return new WampErrorException(Uri.INTERNAL, "Internal error, incident " + Failures.log(LOG, "", cause));
    }
}
