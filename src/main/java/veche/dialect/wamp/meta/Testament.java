package veche.dialect.wamp.meta;

import veche.dialect.wamp.message.PubSubMessage.Publish;

/** A publication that is made at the end of a session (advanced profile, "Testaments"). */
record Testament(Scope scope, Publish publish) {
    /** The estimated heap size of the testament until the session ends, in bytes. */
    long heapBytes() {
        return publish.payload().heapBytes()
                + publish.options().heapBytes()
                + 2L * publish.topic().length();
    }

    /**
     * When the testament is published. For sessions that cannot be resumed, both scopes end at the same time, in this
     * order.
     */
    enum Scope {
        DETACHED,
        DESTROYED
    }
}
