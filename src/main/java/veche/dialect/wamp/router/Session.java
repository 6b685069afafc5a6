package veche.dialect.wamp.router;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import veche.dialect.wamp.message.Ids;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.message.WampMessage;

/** One client's time in the realm: who it is, and what the router must undo when it leaves. Thread-safe. */
public final class Session {
    private final long id;
    private final Identity identity;
    private final Roles roles;
    private final Peer peer;
    private final PublishSequencer sequencer;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Set<Long> pending = ConcurrentHashMap.newKeySet();
    private final ReentrantLock order = new ReentrantLock();
    private long lastInvocation;
    private final Map<SessionKey<?>, Object> kept = new ConcurrentHashMap<>();
    private final boolean isListed;

    /** @param isListed whether other sessions may learn of it */
    Session(
            long id,
            Identity identity,
            Roles roles,
            Peer peer,
            Executor executor,
            RouterLimits limits,
            boolean isListed) {
        this.id = id;
        this.identity = identity;
        this.roles = roles;
        this.peer = peer;
        this.isListed = isListed;
        this.sequencer = new PublishSequencer(
                executor, limits.waiting(), limits.retention().userBytes(), peer::fail);
    }

    /** Its id, random, of the global scope. */
    public long id() {
        return id;
    }

    /** Who it is. */
    public Identity identity() {
        return identity;
    }

    /** To whom the router accounts what it retains for this session; null for the server itself. */
    public String accountedUser() {
        return identity.isServer() ? null : identity.authid();
    }

    /** What its client can. */
    public Roles roles() {
        return roles;
    }

    /** Its client. */
    public Peer peer() {
        return peer;
    }

    /** Whether other sessions may learn of it: those of clients are listed, those within the server are not. */
    public boolean isListed() {
        return isListed;
    }

    /** What is kept for it under a key. */
    @SuppressWarnings("unchecked")
    public <T> T get(SessionKey<T> key) {
        T value = (T) kept.get(key);
        return value != null ? value : (T) kept.computeIfAbsent(key, SessionKey::create);
    }

    public PublishSequencer sequencer() {
        return sequencer;
    }

    /** Whether it is over, for whatever reason. */
    public boolean ended() {
        return ended.get();
    }

    /** Marks the end; true for the first who does. */
    boolean end() {
        return ended.compareAndSet(false, true);
    }

    /** Marks a request as pending until its answer is sent; false where that id is pending already. */
    public boolean await(long request) {
        return pending.add(request);
    }

    /** Whether a request of that id is pending. */
    public boolean awaits(long request) {
        return pending.contains(request);
    }

    /** @throws WampErrorException {@code wamp.error.invalid_argument}, where its serialization cannot represent the payload */
    void checkReceives(Payload payload) {
        if (!peer.canReceive(payload)) {
            throw new WampErrorException(
                    Uri.INVALID_ARGUMENT, "A receiver's serialization cannot represent the payload");
        }
    }

    public void send(WampMessage message) {
        pending.remove(message.answers());
        guarded(() -> peer.send(message));
    }

    /**
     * Runs something for this session, whose connection is closed where that fails: whoever caused it may be another
     * session, and a stage or a scheduler discards what its action throws.
     */
    public void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error failure) {
            peer.fail(failure);
        }
    }

    /** Invokes with the next id of this session; ids reach the peer in order. */
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

    /** Whether an invocation ever had that id. */
    boolean wasInvoked(long invocation) {
        order.lock();
        try {
            return invocation <= lastInvocation;
        } finally {
            order.unlock();
        }
    }

    /** Runs something before which no further invocation may reach the peer. */
    void beforeInvocations(Runnable action) {
        order.lock();
        try {
            action.run();
        } finally {
            order.unlock();
        }
    }

    /** What the session meta API tells of it. */
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
