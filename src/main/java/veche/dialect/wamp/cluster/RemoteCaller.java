package veche.dialect.wamp.cluster;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import veche.dialect.wamp.cluster.CallParcel.Answer;
import veche.dialect.wamp.cluster.CallParcel.Canceling;
import veche.dialect.wamp.cluster.CallParcel.Failure;
import veche.dialect.wamp.cluster.CallParcel.Invoking;
import veche.dialect.wamp.cluster.CallParcel.More;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Ids;
import veche.dialect.wamp.message.RpcMessage.Call;
import veche.dialect.wamp.message.RpcMessage.Cancel;
import veche.dialect.wamp.message.RpcMessage.Result;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.message.WampMessage;
import veche.dialect.wamp.router.RemoteCalls;
import veche.dialect.wamp.router.Roles;
import veche.dialect.wamp.router.Session;
import veche.room.cluster.NodeId;

/**
 * All callers of another node that invoke the same callee of this one. A call has the number of its invocation there.
 * Confined to the thread of the backbone, except for sending.
 */
final class RemoteCaller extends RemotePeer {
    /** What the callers themselves support is examined on their node. */
    private static final Roles ROLES =
            new Roles(Map.of("caller", Set.of("payload_passthru_mode", "progressive_call_invocations")));

    private final long callee;
    private final RemoteCalls calls;
    private final Consumer<CallParcel> parcels;
    private final Session session;

    /** @param parcels sends parcels to the callers' node */
    RemoteCaller(NodeId node, long callee, RemoteCalls calls, Consumer<CallParcel> parcels) {
        super(node);
        this.callee = callee;
        this.calls = calls;
        this.parcels = parcels;
        this.session = calls.open(Ids.random(), ROLES, this);
    }

    void invoke(Invoking parcel) {
        Call call = new Call(parcel.invocation(), parcel.details(), parcel.pattern(), parcel.payload());
        try {
            calls.invoke(session, callee, parcel.match(), parcel.pattern(), call);
        } catch (WampErrorException refused) {
            parcels.accept(new Failure(callee, parcel.invocation(), Dict.EMPTY, refused.uri(), refused.payload()));
        }
    }

    void more(More parcel) {
        calls.more(session, new Call(parcel.invocation(), parcel.details(), "", parcel.payload()));
    }

    void cancel(Canceling parcel) {
        calls.cancel(session, new Cancel(parcel.invocation(), Dict.of("mode", parcel.mode())));
    }

    /** Whether nothing is pending. */
    boolean isIdle() {
        return !calls.isCalling(session);
    }

    /** Ends the calls, because nobody awaits their results. */
    void close() {
        calls.closeCaller(session);
    }

    @Override
    public void send(WampMessage message) {
        if (message instanceof Result result) {
            parcels.accept(new Answer(
                    callee, result.request(), result.details(), result.payload().portable()));
        } else if (message instanceof WampMessage.Error error) {
            parcels.accept(new Failure(
                    callee,
                    error.request(),
                    error.details(),
                    error.error(),
                    error.payload().portable()));
        }
    }
}
