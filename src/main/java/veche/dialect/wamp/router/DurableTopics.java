package veche.dialect.wamp.router;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.message.PubSubMessage.Publish;
import veche.dialect.wamp.message.PubSubMessage.Subscribe;

/**
 * Topics whose events are kept in a log, and what a session may learn of them. The broker passes their subscriptions and
 * publications on. Thread-safe; failures are {@link veche.dialect.wamp.message.WampErrorException}s.
 */
public interface DurableTopics {
    /** Starts the events of a subscriber: runs {@code subscribed}, which sends SUBSCRIBED, at the right moment. */
    @FunctionalInterface
    interface Start {
        void of(Subscriber subscriber, Runnable subscribed);
    }

    /** Whether events of a topic are kept, be the topic valid or not. */
    boolean isDurable(String topic);

    /** How to start a subscription, once the logs concerned are open; empty where it reaches no durable topic. */
    Optional<CompletionStage<Start>> follow(Session session, Match match, Subscribe request);

    /** Starts passing on topics that a subscription by pattern matches, from the next event of each on. */
    void watch(Subscriber subscriber);

    /** Stops {@link #watch}. */
    void unwatch(Subscriber subscriber);

    /** Appends an event; PUBLISHED or ERROR follow the commit. False where too much of this session waits. */
    boolean publish(Session publisher, Publish request, Recipients recipients);

    /** Checks a publication that is made later, as {@link #publish} would. */
    void check(Session publisher, Publish request, Recipients recipients);

    /** Whether a session may learn that somebody subscribes to that topic or pattern. */
    boolean isVisible(Session session, Match match, String topic);
}
