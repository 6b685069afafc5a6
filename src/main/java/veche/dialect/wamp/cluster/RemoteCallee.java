package veche.dialect.wamp.cluster;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import veche.dialect.wamp.cluster.Announcements.Place;
import veche.dialect.wamp.cluster.CallParcel.Canceling;
import veche.dialect.wamp.cluster.CallParcel.Invoking;
import veche.dialect.wamp.cluster.CallParcel.More;
import veche.dialect.wamp.cluster.CallParcel.Registering;
import veche.dialect.wamp.codec.UnmappableException;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.RpcMessage.Interrupt;
import veche.dialect.wamp.message.RpcMessage.Invocation;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.message.WampMessage;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.Registration;
import veche.dialect.wamp.router.Registration.Callee;
import veche.dialect.wamp.router.RemoteCalls;
import veche.dialect.wamp.router.Roles;
import veche.dialect.wamp.router.Session;
import veche.room.cluster.NodeId;

/**
 * A callee of another node, as this node represents it in registrations. Registrations are confined to the thread of
 * the backbone; sending is thread-safe.
 */
final class RemoteCallee extends RemotePeer {
    private static final String CANCELING = "call_canceling";

    private final RemoteCalls calls;
    private final Consumer<CallParcel> parcels;
    private final Session session;
    private final AtomicLong lastInvocation = new AtomicLong();
    private final Announcements<Registering> announced = new Announcements<>();

    /**
     * @param features those that the callee has announced
     * @param parcels sends parcels to the callee's node
     */
    RemoteCallee(NodeId node, long id, Set<String> features, RemoteCalls calls, Consumer<CallParcel> parcels) {
        super(node);
        this.calls = calls;
        this.parcels = parcels;
        Set<String> all = new HashSet<>(features);
        // Its own node decides whether it can be interrupted, and forgets the call in any case.
        all.add(CANCELING);
        this.session = calls.open(id, new Roles(Map.of("callee", all)), this);
    }

    Session session() {
        return session;
    }

    void register(Registering parcel) {
        if (!parcel.equals(announced.add(new Place(parcel.match(), parcel.procedure()), parcel))) {
            calls.register(
                    new Callee(
                            session, parcel.policy(), parcel.number(), parcel.ownTimeout(), parcel.disclosesCaller()),
                    parcel.match(),
                    parcel.procedure());
        }
    }

    void unregister(Match match, String procedure) {
        unregister(new Place(match, procedure));
    }

    private void unregister(Place place) {
        announced.remove(place);
        calls.unregister(session, place.match(), place.uri());
    }

    /** The node of the callee will confirm its registrations, since messages about them may have been lost. */
    void expectConfirmation() {
        announced.expectConfirmation();
    }

    /** Removes the registrations that have not been confirmed. */
    void removeUnconfirmed() {
        announced.unconfirmed().forEach(this::unregister);
    }

    /** Whether it has neither registrations nor pending invocations. */
    boolean isIdle() {
        return announced.isEmpty() && !calls.isInvoked(session);
    }

    /** Ends it, because its node is gone. */
    void close() {
        announced.all().forEach(this::unregister);
        calls.closeCallee(session);
    }

    @Override
    public void send(WampMessage message) {
        if (message instanceof Invocation invocation) {
            invoke(invocation);
        } else if (message instanceof Interrupt interrupt) {
            String mode = interrupt.options().string("mode").orElse("kill");
            parcels.accept(new Canceling(session.id(), interrupt.request(), mode));
        }
    }

    @Override
    public void skipped(long invocation) {
        parcels.accept(new Canceling(session.id(), invocation, "skip"));
    }

    private void invoke(Invocation invocation) {
        try {
            parcels.accept(parcel(invocation));
        } catch (UnmappableException | WampErrorException failure) {
            WampErrorException error = failure instanceof WampErrorException known
                    ? known
                    : new WampErrorException(Uri.INVALID_ARGUMENT, "The call cannot be sent to the callee's node");
            calls.error(
                    session,
                    new WampMessage.Error(
                            Invocation.TYPE, invocation.request(), Dict.EMPTY, error.uri(), error.payload()));
        }
    }

    /** The ids of invocations increase; a further part of a progressive call has the id of an earlier one. */
    private CallParcel parcel(Invocation invocation) {
        long id = invocation.request();
        Payload payload = invocation.payload().portable();
        if (lastInvocation.getAndAccumulate(id, Math::max) >= id) {
            return new More(session.id(), id, invocation.details(), payload);
        }
        Optional<Registration> registration = calls.registration(invocation);
        return registration
                .map(found -> new Invoking(session.id(), id, found.match(), found.uri(), invocation.details(), payload))
                .orElseThrow(() -> new WampErrorException(Uri.NO_SUCH_PROCEDURE, "The callee has left"));
    }
}
