package veche.dialect.wamp.cluster;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import veche.dialect.wamp.message.RpcMessage.Invocation;
import veche.dialect.wamp.message.RpcMessage.Yield;
import veche.dialect.wamp.message.WampMessage;
import veche.dialect.wamp.router.RemoteCalls;
import veche.room.cluster.NodeId;

/**
 * The callees of another node that callers of this one invoke, and the callers there that invoke callees of this one.
 * Confined to the thread of the backbone.
 */
final class NeighbourCalls implements CallParcel.Receiver {
    private final NodeId node;
    private final RemoteCalls calls;
    private final Consumer<CallParcel> parcels;
    private final Map<Long, RemoteCallee> callees = new HashMap<>();
    private final Map<Long, RemoteCaller> callers = new HashMap<>();

    /** @param parcels sends parcels to the node */
    NeighbourCalls(NodeId node, RemoteCalls calls, Consumer<CallParcel> parcels) {
        this.node = node;
        this.calls = calls;
        this.parcels = parcels;
    }

    /** Ends all calls between the two nodes, since parcels may have been lost. */
    void disconnect() {
        List.copyOf(callers.values()).forEach(RemoteCaller::close);
        callers.clear();
        callees.values().forEach(callee -> calls.disconnect(callee.session()));
    }

    /** Ends everything, because the node is gone. */
    void close() {
        callers.values().forEach(RemoteCaller::close);
        callees.values().forEach(RemoteCallee::close);
    }

    @Override
    public void beginState() {
        disconnect();
        callees.values().forEach(RemoteCallee::expectConfirmation);
    }

    @Override
    public void endState() {
        callees.values().forEach(RemoteCallee::removeUnconfirmed);
        removeIdle();
    }

    @Override
    public void register(CallParcel.Registering parcel) {
        callees.computeIfAbsent(parcel.callee(), id -> new RemoteCallee(node, id, parcel.features(), calls, parcels))
                .register(parcel);
    }

    @Override
    public void unregister(CallParcel.Unregistering parcel) {
        RemoteCallee callee = callees.get(parcel.callee());
        if (callee != null) {
            callee.unregister(parcel.match(), parcel.procedure());
            removeIdle();
        }
    }

    private void removeIdle() {
        Collection<RemoteCallee> all = callees.values();
        all.removeIf(RemoteCallee::isIdle);
    }

    @Override
    public void invoke(CallParcel.Invoking parcel) {
        RemoteCaller caller = callers.get(parcel.callee());
        if (caller == null) {
            callers.values().removeIf(RemoteCaller::isIdle);
            caller = new RemoteCaller(node, parcel.callee(), calls, parcels);
            callers.put(parcel.callee(), caller);
        }
        caller.invoke(parcel);
    }

    @Override
    public void more(CallParcel.More parcel) {
        RemoteCaller caller = callers.get(parcel.callee());
        if (caller != null) {
            caller.more(parcel);
        }
    }

    @Override
    public void cancel(CallParcel.Canceling parcel) {
        RemoteCaller caller = callers.get(parcel.callee());
        if (caller != null) {
            caller.cancel(parcel);
        }
    }

    @Override
    public void result(CallParcel.Answer parcel) {
        RemoteCallee callee = callees.get(parcel.callee());
        if (callee != null) {
            calls.result(callee.session(), new Yield(parcel.invocation(), parcel.details(), parcel.payload()));
        }
    }

    @Override
    public void error(CallParcel.Failure parcel) {
        RemoteCallee callee = callees.get(parcel.callee());
        if (callee != null) {
            calls.error(
                    callee.session(),
                    new WampMessage.Error(
                            Invocation.TYPE, parcel.invocation(), parcel.details(), parcel.uri(), parcel.payload()));
        }
    }
}
