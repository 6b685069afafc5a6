package veche.dialect.wamp.auth;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import veche.dialect.wamp.access.UriGrant;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.UriAction;
import veche.room.User;

/** A policy that permits everything at once, except the URIs that a test holds back until it decides on them. */
public final class ManualPolicy implements UriPolicy {
    /** Each consultation: the action and the URI. */
    public final List<String> consulted = new CopyOnWriteArrayList<>();

    private final Map<String, CompletableFuture<UriGrant>> held = new ConcurrentHashMap<>();

    /** Has decisions about a URI wait until the returned future is completed. */
    public CompletableFuture<UriGrant> hold(String uri) {
        CompletableFuture<UriGrant> decision = new CompletableFuture<>();
        held.put(uri, decision);
        return decision;
    }

    @Override
    public CompletionStage<UriGrant> grant(User user, UriAction action, String uri, Match match) {
        consulted.add(action + " " + uri);
        CompletableFuture<UriGrant> decision = held.get(uri);
        return decision == null ? UriGrant.decided(true) : decision;
    }
}
