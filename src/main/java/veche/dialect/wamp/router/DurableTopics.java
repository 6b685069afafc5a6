package veche.dialect.wamp.router;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.message.PubSubMessage.Publish;
import veche.dialect.wamp.message.PubSubMessage.Subscribe;

/**
 * Topics whose events are stored in a log, and their visibility to sessions. The broker delegates their subscriptions
 * and publications to this interface. Thread-safe; failures are {@link veche.dialect.wamp.message.WampErrorException}s.
 */
public interface DurableTopics {
    /**
     * Starts the delivery of events to a subscriber. Runs {@code subscribed}, which sends SUBSCRIBED, before the first
     * event.
     */
    @FunctionalInterface
    interface Start {
        void of(Subscriber subscriber, Runnable subscribed);
    }

    /** Whether events of a topic are stored; the topic need not be valid. */
    boolean isDurable(String topic);

    /**
     * Returns a stage that completes with the start of the subscription once the logs concerned are open; empty where
     * the subscription matches no durable topic.
     */
    Optional<CompletionStage<Start>> follow(Session session, Match match, Subscribe request);

    /** Starts forwarding topics that a subscription by pattern matches, each from its next event on. */
    void watch(Subscriber subscriber);

    /** Stops {@link #watch}. */
    void unwatch(Subscriber subscriber);

    /**
     * Appends an event; PUBLISHED or ERROR is sent after the commit. Returns false where the session's publication
     * queue is full.
     */
    boolean publish(Session publisher, Publish request, Recipients recipients);

    /** Applies the checks of {@link #publish} to a publication that is deferred. */
    void check(Session publisher, Publish request, Recipients recipients);

    /** Returns the sessions that may see that others subscribe to a topic or pattern. */
    Recipients observers(Match match, String topic);
}
