package veche.dialect.wamp.auth;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import veche.dialect.wamp.access.UriGrant;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.UriAction;
import veche.room.User;

/** A policy that permits everything at once, except the URIs that a test holds back until it decides on them. */
public final class ManualPolicy implements UriPolicy {
    /** Each consultation: the action and the URI. */
    public final List<String> consulted = new CopyOnWriteArrayList<>();

    private final AtomicReference<Runnable> consultation = new AtomicReference<>(() -> {});
    private final Map<String, CompletableFuture<UriGrant>> held = new ConcurrentHashMap<>();

    /** Has decisions about a URI wait until the returned future is completed. */
    public CompletableFuture<UriGrant> hold(String uri) {
        CompletableFuture<UriGrant> decision = new CompletableFuture<>();
        held.put(uri, decision);
        return decision;
    }

    /** Runs an action once, between the next consultation and its decision. */
    public void onConsultation(Runnable action) {
        consultation.set(action);
    }

    @Override
    public CompletionStage<UriGrant> grant(User user, UriAction action, String uri, Match match) {
        consulted.add(action + " " + uri);
        CompletableFuture<UriGrant> decision = held.get(uri);
        consultation.getAndSet(() -> {}).run();
        return decision == null ? UriGrant.decided(true) : decision;
    }
}
