package veche.dialect.wamp.router;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.message.Ids;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.message.WampMessage;

/** A WAMP session: its client, its identity, and the state that the router removes at its end. Thread-safe. */
public final class Session {
    private final long id;
    private volatile Identity identity;
    private final Roles roles;
    private final Peer peer;
    private final PublishSequencer sequencer;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Set<Long> pending = ConcurrentHashMap.newKeySet();
    private final ReentrantLock order = new ReentrantLock();
    private long lastInvocation;
    private final Map<SessionKey<?>, Object> attributes = new ConcurrentHashMap<>();
    private final boolean isListed;
    private final SessionRequests requests;

    /** @param isListed whether other sessions may see it */
    Session(long id, Identity identity, Roles roles, Peer peer, SessionRequests.Context context, boolean isListed) {
        this.id = id;
        this.identity = identity;
        this.roles = roles;
        this.peer = peer;
        this.isListed = isListed;
        RouterLimits limits = context.limits();
        this.sequencer = new PublishSequencer(
                context.executor(), limits.waiting(), limits.retention().userBytes(), peer::fail);
        this.requests = new SessionRequests(this, context);
    }

    /** The session id, random, in the global scope. */
    public long id() {
        return id;
    }

    /** The identity of the client, according to its latest credentials. */
    public Identity identity() {
        return identity;
    }

    /** Replaces the identity by one of the same {@code authid}, whose roles may differ. */
    public void renew(Identity renewed) {
        identity = renewed;
    }

    /** The user to which the router accounts memory retained for this session; null for the server itself. */
    public @Nullable String accountedUser() {
        return identity.isServer() ? null : identity.authid();
    }

    /** The roles of the client. */
    public Roles roles() {
        return roles;
    }

    /** The client. */
    public Peer peer() {
        return peer;
    }

    /** Whether other sessions may see this one: sessions of clients are listed, sessions within the server are not. */
    public boolean isListed() {
        return isListed;
    }

    /** Returns the session's value for a key, which is created at the first access. */
    @SuppressWarnings("unchecked")
    public <T> T get(SessionKey<T> key) {
        T value = (T) attributes.get(key);
        return value != null ? value : (T) attributes.computeIfAbsent(key, SessionKey::create);
    }

    /** The requests of this session, which proceed once they are authorized. */
    SessionRequests requests() {
        return requests;
    }

    /** The sequencer that keeps the publications of this session in order. */
    public PublishSequencer sequencer() {
        return sequencer;
    }

    /** Whether the session has ended, for any reason. */
    public boolean ended() {
        return ended.get();
    }

    /** Marks the session as ended; returns true the first time only. */
    boolean end() {
        return ended.compareAndSet(false, true);
    }

    /** Marks a request as pending until its answer is sent; returns false where its id is already pending. */
    public boolean await(long request) {
        return pending.add(request);
    }

    /** Whether a request with the given id is pending. */
    public boolean awaits(long request) {
        return pending.contains(request);
    }

    /**
     * Checks that the peer can receive a payload.
     *
     * @throws WampErrorException {@code wamp.error.invalid_argument}, where its serialization cannot represent it
     */
    void checkReceives(Payload payload) {
        if (!peer.canReceive(payload)) {
            throw new WampErrorException(
                    Uri.INVALID_ARGUMENT, "A receiver's serialization cannot represent the payload");
        }
    }

    /** Sends a message to the peer. The id of a request is no longer pending once its final answer is sent. */
    public void send(WampMessage message) {
        pending.remove(message.answers());
        guarded(() -> peer.send(message));
    }

    /**
     * Runs an action for this session and closes its connection where the action fails. The exception is not
     * propagated, because the calling thread may serve another session, and a stage or a scheduler discards exceptions.
     */
    public void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error failure) {
            peer.fail(failure);
        }
    }

    /** Sends an INVOCATION with the next id of this session; ids reach the peer in order. */
    void invoke(LongFunction<WampMessage> invocation) {
        order.lock();
        try {
            lastInvocation = Ids.after(lastInvocation);
            WampMessage message = invocation.apply(lastInvocation);
            guarded(() -> peer.send(message));
        } finally {
            order.unlock();
        }
    }

    /** Whether an INVOCATION with the given id has been sent. */
    boolean wasInvoked(long invocation) {
        order.lock();
        try {
            return invocation <= lastInvocation;
        } finally {
            order.unlock();
        }
    }

    /** Runs an action, during which no INVOCATION is sent to the peer. */
    void beforeInvocations(Runnable action) {
        order.lock();
        try {
            action.run();
        } finally {
            order.unlock();
        }
    }

    /** The details in the session meta API. */
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("session", id);
        details.put("authid", identity.authid());
        details.put("authrole", identity.authrole());
        details.put("authmethod", identity.authmethod());
        details.put("authprovider", identity.authprovider());
        return details;
    }
}
