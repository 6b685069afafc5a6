package veche.dialect.soap;

/**
 * The outcome of an operation.
 *
 * @param body the content of the response's Body
 * @param afterwards runs after the response has been queued, or at once if the request is one-way
 */
record Reply(Object body, Runnable afterwards) {
    static Reply of(Object body) {
        return new Reply(body, () -> {});
    }
}
