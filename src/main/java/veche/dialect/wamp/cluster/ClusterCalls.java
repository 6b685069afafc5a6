package veche.dialect.wamp.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.cluster.CallParcel.Registering;
import veche.dialect.wamp.cluster.CallParcel.Unregistering;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.Registration;
import veche.dialect.wamp.router.Registration.Callee;
import veche.dialect.wamp.router.Registration.Policy;
import veche.dialect.wamp.router.RegistrationConflicts;
import veche.dialect.wamp.router.RegistrationCoordinator;
import veche.dialect.wamp.router.RemoteCalls;
import veche.dialect.wamp.router.Session;
import veche.room.cluster.Backbone;
import veche.room.cluster.Claims;
import veche.room.cluster.Claims.Claim;
import veche.room.cluster.Claims.Decision;
import veche.room.cluster.NodeId;

/**
 * Registrations and calls over all nodes: claims decide which registrations may coexist, each node knows the callees of
 * the others, and a call is invoked at most once, on the node of the callee that the caller's node has selected.
 * Thread-safe.
 */
public final class ClusterCalls implements RegistrationCoordinator, Backbone.Listener {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Backbone backbone;
    private final Claims claims;
    private final RemoteCalls calls;
    private final Format cbor;
    /** Confined to the thread of the backbone. */
    private final Map<NodeId, NeighbourCalls> neighbours = new HashMap<>();

    private ClusterCalls(Backbone backbone, Claims claims, RemoteCalls calls, Format cbor) {
        this.backbone = backbone;
        this.claims = claims;
        this.calls = calls;
        this.cbor = cbor;
    }

    /** Connects a dealer to those of the other nodes. */
    public static void connect(Backbone backbone, Claims claims, RemoteCalls calls, Format cbor) {
        ClusterCalls cluster = new ClusterCalls(backbone, claims, calls, cbor);
        backbone.listen(cluster);
        calls.coordinate(cluster);
    }

    @Override
    public CompletionStage<Long> claim(Session callee, Match match, String procedure, Policy policy) {
        Claim claim = new Claim(name(match, procedure), policy.wireName(), policy == Policy.SINGLE, callee.id());
        return claims.claim(claim, () -> calls.revoke(callee, match, procedure))
                .toCompletableFuture()
                .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .handle((decision, failure) -> number(decision, procedure, policy));
    }

    private static String name(Match match, String procedure) {
        return match.wireName() + ":" + procedure;
    }

    /** @param decision null if the decision could not be made */
    private static long number(@Nullable Decision decision, String procedure, Policy policy) {
        if (decision instanceof Decision.Granted granted) {
            return granted.number();
        }
        if (decision instanceof Decision.Refused refused) {
            throw RegistrationConflicts.refused(procedure, policy, Policy.named(refused.mode()));
        }
        throw new WampErrorException(
                Uri.UNAVAILABLE, "The registration could not be coordinated with the other nodes; retry");
    }

    @Override
    public CompletionStage<Void> release(Session callee, Match match, String procedure) {
        return claims.release(name(match, procedure), callee.id())
                .toCompletableFuture()
                .completeOnTimeout(null, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void joined(Registration registration, Callee callee) {
        broadcast(parcel(registration, callee));
    }

    private static Registering parcel(Registration registration, Callee callee) {
        return new Registering(
                callee.session().id(),
                registration.match(),
                registration.uri(),
                callee.session().roles().of("callee"),
                callee.policy(),
                callee.number(),
                callee.ownTimeout(),
                callee.disclosesCaller());
    }

    @Override
    public void left(Registration registration, Callee callee) {
        broadcast(new Unregistering(callee.session().id(), registration.match(), registration.uri()));
    }

    private void broadcast(CallParcel parcel) {
        backbone.broadcast(() -> parcel.encode(cbor));
    }

    private void send(NodeId node, CallParcel parcel) {
        backbone.send(node, parcel.encode(cbor));
    }

    private NeighbourCalls neighbour(NodeId node) {
        return neighbours.computeIfAbsent(
                node, added -> new NeighbourCalls(added, calls, parcel -> send(added, parcel)));
    }

    @Override
    public void joined(NodeId node) {
        neighbour(node).disconnect();
        send(node, new CallParcel.StateBegin());
        calls.forEachRegistration((registration, callee) -> send(node, parcel(registration, callee)));
        send(node, new CallParcel.StateEnd());
    }

    @Override
    public void lost(NodeId node) {
        NeighbourCalls gone = neighbours.remove(node);
        if (gone != null) {
            gone.close();
        }
    }

    @Override
    public void received(NodeId from, byte[] parcel) {
        CallParcel.decode(cbor, parcel).ifPresent(decoded -> decoded.passTo(neighbour(from)));
    }
}
