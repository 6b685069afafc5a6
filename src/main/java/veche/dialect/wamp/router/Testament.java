package veche.dialect.wamp.router;

import veche.dialect.wamp.message.PubSubMessage.Publish;

/** What is published when a session ends (advanced profile, "Testaments"). */
record Testament(Scope scope, Publish publish) {
    /** When it is published; for sessions that cannot be resumed, both are the same moment, in this order. */
    enum Scope {
        DETACHED,
        DESTROYED
    }
}
