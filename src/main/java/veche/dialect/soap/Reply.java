package veche.dialect.soap;

/**
 * The outcome of an operation.
 *
 * @param body what is answered
 * @param afterwards what begins once the answer is on its way
 */
record Reply(Object body, Runnable afterwards) {
    static Reply of(Object body) {
        return new Reply(body, () -> {});
    }
}
