package veche.permission.http;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import veche.dialect.wamp.access.UriGrant;
import veche.dialect.wamp.auth.UriPolicy;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.UriAction;
import veche.permission.http.AnswerCache.Dated;
import veche.room.RoomName;
import veche.room.RoomPolicy;
import veche.room.User;
import veche.room.access.Grant;

/**
 * Asks the site's HTTP service what a user may do: connect, enter a room, use a WAMP URI. Where it gives no valid
 * answer in time, the stages fail with {@link veche.room.RefusedException.Reason#BUSY}. Thread-safe; does not block.
 */
public final class HttpAuthorizer implements RoomPolicy, UriPolicy {
    private final HttpAuthorizerSettings settings;
    private final SiteClient site;
    private final AnswerCache answers;
    private final Clock clock;

    /**
     * @param executor sends requests and processes answers
     * @param timer ends requests that take too long; never blocked
     */
    public HttpAuthorizer(
            HttpAuthorizerSettings settings, Executor executor, ScheduledExecutorService timer, Clock clock) {
        this.settings = settings;
        this.site = new SiteClient(settings, executor, timer);
        this.clock = clock;
        this.answers = new AnswerCache(
                question -> site.ask(question).thenApply(answer -> new Dated(answer, until(answer))),
                settings.maxCached(),
                clock);
    }

    /** Returns whether the user may connect. */
    public CompletionStage<Boolean> connect(User user, String address) {
        return site.ask(question("connect", user, address).build().toString()).thenApply(AuthorizationAnswer::allowed);
    }

    @Override
    public CompletionStage<Grant> grant(User user, RoomName room) {
        return grant(user, room, "");
    }

    @Override
    public CompletionStage<Grant> grant(User user, RoomName room, String address) {
        String question = question("join", user, address)
                .add("room", room.value())
                .build()
                .toString();
        return answers.answer(question).thenApply(dated -> {
            AuthorizationAnswer answer = dated.answer();
            return new Grant(answer.allowed() ? answer.privileges() : Set.of(), Optional.of(dated.until()));
        });
    }

    @Override
    public CompletionStage<UriGrant> grant(User user, UriAction action, String uri, Match match) {
        return grant(user, "", action, uri, match);
    }

    @Override
    public CompletionStage<UriGrant> grant(User user, String address, UriAction action, String uri, Match match) {
        String question = question(action.wireName(), user, address)
                .add("uri", uri)
                .add("match", match.wireName())
                .build()
                .toString();
        return answers.answer(question)
                .thenApply(dated ->
                        new UriGrant(dated.answer().allowed(), dated.answer().disclosed(), Optional.of(dated.until())));
    }

    private Instant until(AuthorizationAnswer answer) {
        Duration ttl = answer.ttl().orElse(settings.ttl());
        return clock.instant().plus(ttl.compareTo(settings.maxTtl()) < 0 ? ttl : settings.maxTtl());
    }

    private static JsonObjectBuilder question(String action, User user, String address) {
        JsonObjectBuilder described = Json.createObjectBuilder()
                .add("id", user.author().id())
                .add("name", user.author().name())
                .add("roles", Json.createArrayBuilder(user.roles()))
                .add("guest", user.provider() == User.Provider.GUEST);
        return Json.createObjectBuilder()
                .add("action", action)
                .add("user", described)
                .add("address", address);
    }

    /** Whether the last answer of the site was valid. */
    public boolean available() {
        return site.available();
    }

    /** The counts of its answers. */
    public AuthorizerStats stats() {
        return site.stats();
    }
}
