package veche.bench.load;

/** Receives the events of the clients for a measurement. */
interface Listener {
    /** A chat message arrived; its {@link ChatText} lies at {@code at}. */
    void delivery(Client client, byte[] bytes, int at);

    /** A client is in its room. */
    default void joined(Client client) {}

    /** A connection ended. */
    default void closed(Client client) {}
}
