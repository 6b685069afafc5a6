package veche.dialect.wamp.router;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import veche.dialect.wamp.access.GrantCache;
import veche.dialect.wamp.access.RequestQueue;
import veche.dialect.wamp.access.UriGrant;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.ProtocolViolationException;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.limit.ClientMemory;

/**
 * The requests of one session in their order, and its events of the meta APIs; both proceed once they are authorized.
 * Thread-safe.
 */
final class SessionRequests {
    private static final System.Logger LOG = System.getLogger(SessionRequests.class.getName());
    /** The approximate heap size of a waiting request without URI and payload. */
    private static final long BYTES = 256;

    private static final CompletableFuture<UriGrant> PERMITTED =
            UriGrant.decided(true).toCompletableFuture();

    private final Runnable limiter;
    private final Set<String> metaProcedures;
    private final GrantCache<Use> grants;
    private final RequestQueue requests;
    private final RequestQueue events;

    /**
     * What all sessions share.
     *
     * @param limiter limits the rate of requests that need a permission: throws a {@link WampErrorException}
     * @param inUse whether a session has subscribed to a URI or registered it, as permitted
     * @param metaProcedures the procedures that require {@link UriAction#META}
     * @param recheck ends what a session is no longer permitted
     * @param executor performs requests that have waited
     */
    record Context(
            Authorizer authorizer,
            Consumer<Session> limiter,
            BiPredicate<Session, Use> inUse,
            Set<String> metaProcedures,
            Consumer<Session> recheck,
            Executor executor,
            RouterLimits limits,
            RetentionBudget budget,
            Clock clock) {}

    /**
     * A use of a URI.
     *
     * @param uri a URI, or a pattern where the match policy is not exact
     */
    record Use(UriAction action, String uri, Match match) {}

    SessionRequests(Session session, Context context) {
        metaProcedures = context.metaProcedures();
        limiter = () -> context.limiter().accept(session);
        grants = new GrantCache<>(
                use -> context.authorizer().grant(session, use.action(), use.uri(), use.match()),
                use -> context.inUse().test(session, use),
                context.clock());
        requests = queue(session, context);
        events = queue(session, context);
    }

    private RequestQueue queue(Session session, Context context) {
        RequestQueue.Account account = new RequestQueue.Account() {
            @Override
            public void reserve(long bytes) {
                context.budget().reserve(ClientMemory.Part.REQUEST, session.accountedUser(), bytes);
            }

            @Override
            public void release(long bytes) {
                context.budget().release(ClientMemory.Part.REQUEST, session.accountedUser(), bytes);
            }
        };
        return new RequestQueue(
                context.executor(),
                context.limits().unauthorized(),
                account,
                grants::generation,
                () -> context.recheck().accept(session),
                session.peer()::fail);
    }

    /** As {@link GrantCache#of}. */
    CompletableFuture<UriGrant> grant(UriAction action, String uri, Match match) {
        return grants.of(new Use(action, uri, match));
    }

    /** The decisions on what the session may do. */
    GrantCache<Use> grants() {
        return grants;
    }

    /**
     * Performs a request once it is authorized and all earlier ones have been performed.
     *
     * @param failed answers the request with an error
     * @throws ProtocolViolationException where the request violates the protocol
     */
    void submit(Use use, Payload payload, Consumer<RuntimeException> failed, Consumer<UriGrant> authorized) {
        try {
            limiter.run();
        } catch (WampErrorException limited) {
            failed.accept(limited);
            return;
        }
        requests.submit(new Request(
                () -> grant(use),
                grant -> {
                    Authorizer.check(grant, use.action(), use.uri());
                    authorized.accept(grant);
                },
                failed,
                () -> BYTES + 2L * use.uri().length() + payload.heapBytes()));
    }

    /** Returns all decisions that a use requires, as one. */
    CompletableFuture<UriGrant> grant(Use use) {
        CompletableFuture<UriGrant> grant = grants.of(use);
        return isMeta(use) ? grant.thenCombine(grant(UriAction.META, use.uri(), use.match()), UriGrant::and) : grant;
    }

    /** Whether a decision that a use requires has expired. */
    boolean expired(Use use) {
        return grants.expired(use) || isMeta(use) && grants.expired(new Use(UriAction.META, use.uri(), use.match()));
    }

    private boolean isMeta(Use use) {
        return switch (use.action()) {
            // A pattern may match meta events beside others; these are not delivered.
            case SUBSCRIBE -> use.match() == Match.EXACT && Uri.isWithin(use.uri(), "wamp");
            case CALL -> metaProcedures.contains(use.uri());
            default -> false;
        };
    }

    /** Performs a request that needs no permission after all earlier ones. */
    void submit(Payload payload, Consumer<RuntimeException> failed, Runnable action) {
        requests.submit(
                new Request(() -> PERMITTED, permitted -> action.run(), failed, () -> BYTES + payload.heapBytes()));
    }

    /** Delivers an event of the meta APIs if the session is permitted {@link UriAction#META}, in the order of calls. */
    void deliver(Event event, Runnable delivery) {
        String topic = event.topic();
        events.submit(new Request(
                () -> grant(UriAction.META, topic, Match.EXACT),
                grant -> {
                    if (grant.permitted()) {
                        delivery.run();
                    }
                },
                failure -> LOG.log(Level.DEBUG, "An event of {0} was not delivered: {1}", topic, failure),
                () -> BYTES + event.payload().heapBytes()));
    }

    /** Discards what waits, because the session has ended. */
    void close() {
        requests.close();
        events.close();
    }

    private record Request(
            Supplier<CompletableFuture<UriGrant>> decision,
            Consumer<UriGrant> action,
            Consumer<RuntimeException> failed,
            LongSupplier size)
            implements RequestQueue.Request {
        @Override
        public CompletableFuture<UriGrant> grant() {
            return decision.get();
        }

        /** @throws ProtocolViolationException where the request violates the protocol */
        @Override
        public void proceed(UriGrant grant) {
            try {
                action.accept(grant);
            } catch (ProtocolViolationException violation) {
                throw violation;
            } catch (RuntimeException failure) {
                failed.accept(failure);
            }
        }

        @Override
        public void fail(RuntimeException failure) {
            failed.accept(failure);
        }

        @Override
        public long bytes() {
            return size.getAsLong();
        }
    }
}
