package veche.dialect.wamp.meta;

import veche.dialect.wamp.message.PubSubMessage.Publish;

/** What is published when a session ends (advanced profile, "Testaments"). */
record Testament(Scope scope, Publish publish) {
    /** An estimate of the heap that it occupies until the session ends, in bytes. */
    long heapBytes() {
        return publish.payload().heapBytes()
                + publish.options().heapBytes()
                + 2L * publish.topic().length();
    }

    /** When it is published; for sessions that cannot be resumed, both are the same moment, in this order. */
    enum Scope {
        DETACHED,
        DESTROYED
    }
}
